import { Button, Group, Stack } from '@mantine/core'
import type { PortreeveClient } from '@portreeve/client'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, type SyntheticEvent, use, useEffect, useMemo, useRef, useState } from 'react'
import { type ChangeOptions, useChange } from '../api.tsx'
import { ConflictNotice } from '../conflicts/conflict-notice.tsx'
import { ChangedMeanwhile, mergeEdits } from '../conflicts/merge-edits.ts'
import { onNewest } from '../conflicts/on-newest.ts'
import { ErrorNotice } from '../error-notice.tsx'
import { problemsOf } from '../error-text.ts'
import { useDirtyGuard } from './dirty-guard.tsx'

export type FieldValue = string | boolean | readonly string[]
export type Fields = Readonly<Record<string, FieldValue>>

interface FormState {
  readonly values: Fields
  readonly problems: Readonly<Record<string, string>>
  set(name: string, value: FieldValue): void
}

/** What fields are bound to; `Form` and `AddressForm` provide it. */
export const FormContext = createContext<FormState | undefined>(undefined)

/** The props that bind an input of the component library to a field of the form around it. */
export function useField<Value extends FieldValue>(name: string) {
  const form = use(FormContext)
  if (!form) throw new Error(`The field ${name} is in no form.`)
  return {
    name,
    value: form.values[name] as Value,
    error: form.problems[name],
    set: (value: Value) => form.set(name, value),
  }
}

export interface FormProps<Values extends Fields, Result>
  extends Omit<ChangeOptions<Values, Result>, 'onDone' | 'act'> {
  /** What the fields begin with; when what is stored changes, untouched forms follow. */
  readonly initial: Values
  readonly submitLabel: string
  /** Where an error's message does not begin with the field it is about: code → field. */
  readonly codes?: Readonly<Record<string, string>>
  /** What is wrong before the server is asked: field → message. */
  check?(values: Values): Readonly<Partial<Record<keyof Values & string, string>>>
  /**
   * Sends what is entered. Where others may change the same thing, it reads what is stored now, sends what `merge` makes of
   * that, and names the version that it read (`ifMatch`): what others have changed since the edits began stays theirs, and
   * where both changed the same field, who comes second is asked.
   */
  act(client: PortreeveClient, values: Values, merge: (now: Values) => Values): Promise<Result>
  onDone?(result: Result, values: Values): unknown
  /** Offered after a conflict: reads again what is stored. */
  onReload?(): void
  onCancel?(): void
  readonly children: ReactNode
}

/**
 * A form over one change. What the server says of a field stands beside it, the first such field gets the focus, and
 * nobody leaves with unsaved changes unasked.
 */
export function Form<Values extends Fields, Result>(props: FormProps<Values, Result>) {
  const { initial, submitLabel, codes, check, onDone, onReload, onCancel, outdates, children } = props
  const [edits, setEdits] = useState<Partial<Values>>({})
  const [found, setFound] = useState<Readonly<Record<string, string>>>({})
  const form = useRef<HTMLFormElement>(null)
  const began = useRef(initial)
  const queries = useQueryClient()
  const values = useMemo(() => ({ ...initial, ...edits }), [initial, edits])
  const isDirty = Object.keys(edits).some((name) => JSON.stringify(edits[name]) !== JSON.stringify(initial[name]))
  const release = useDirtyGuard(isDirty)
  const change = useChange<Values, Result>({
    ...props,
    act: (client, sent) => onNewest(() => props.act(client, sent, (now) => mergeEdits(began.current, now, edits))),
    async onDone(result, sent) {
      release()
      await onDone?.(result, sent)
      setEdits({})
    },
  })
  const conflict = change.error instanceof ChangedMeanwhile ? change.error : undefined
  const { byField, rest } = conflict
    ? { byField: textsOfTheirs(conflict), rest: undefined }
    : problemsOf(change.error, Object.keys(initial), codes)
  const problems = { ...byField, ...found }
  useFocusOnProblem(form, change.error ?? found)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const wrong = definedOnly(check?.(values) ?? {})
    setFound(wrong)
    change.reset()
    if (Object.keys(wrong).length === 0) change.mutate(values)
  }
  const set = (name: string, value: FieldValue) => {
    if (Object.keys(edits).length === 0) began.current = initial
    setEdits((before) => ({ ...before, [name]: value }))
  }
  const override = ({ now }: ChangedMeanwhile) => {
    // What the other has made of it was seen, and only what comes on top of that is asked about again.
    began.current = now as Values
    change.mutate(values)
  }
  const takeTheirs = async () => {
    setEdits({})
    change.reset()
    await Promise.all(outdates.map((queryKey) => queries.invalidateQueries({ queryKey })))
  }
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack maw="36rem">
        <FormContext value={{ values, problems, set }}>{children}</FormContext>
        {conflict && <ConflictNotice onOverride={() => override(conflict)} onTakeTheirs={() => void takeTheirs()} />}
        {rest !== undefined && <ErrorNotice error={change.error} {...(onReload && { onRetry: onReload })} />}
        <Group>
          <Button type="submit" loading={change.isPending}>
            {submitLabel}
          </Button>
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

function textsOfTheirs({ theirs }: ChangedMeanwhile): Readonly<Record<string, string>> {
  const texts = Object.entries(theirs).map(([name, value]) => [name, `Somebody else has made it “${value}” meanwhile.`])
  return Object.fromEntries(texts)
}

export function definedOnly(problems: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(problems).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/** Puts the focus on the first field that something is wrong with. */
export function useFocusOnProblem(form: { readonly current: HTMLFormElement | null }, cause: unknown): void {
  useEffect(() => {
    if (cause) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [form, cause])
}
