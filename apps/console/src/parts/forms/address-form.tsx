import { Button, Group, SimpleGrid, Stack } from '@mantine/core'
import { type ReactNode, type SyntheticEvent, useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { ErrorNotice } from '../error-notice.tsx'
import { problemsOf } from '../error-text.ts'
import { type AddressValues, readAddressFields, writeAddressFields } from './address-fields.ts'
import { definedOnly, FormContext, useFocusOnProblem } from './form.tsx'

export interface AddressFormProps<Values extends AddressValues> {
  /** Names it to screen readers: `Which records`. */
  readonly label: string
  /** The fields, and what each is where the address says nothing of it. */
  readonly defaults: Values
  /** Parameters of the answer to what was asked before, such as the page it was at. */
  readonly resets?: readonly string[]
  readonly submitLabel: string
  /** Why there is no answer to what the address asks; null and undefined are none. */
  readonly error: unknown
  /** Where an error's message does not begin with the field it is about: code → field. */
  readonly codes?: Readonly<Record<string, string>>
  /** What is wrong before it is asked: field → message. */
  check?(values: Values): Readonly<Partial<Record<keyof Values & string, string>>>
  /** Asks again: what the address says already may have another answer by now. */
  onAsk(): void
  readonly children: ReactNode
}

/** A question whose values stand in the address: whoever reloads or shares the page asks the same. */
export function AddressForm<Values extends AddressValues>(props: AddressFormProps<Values>) {
  const { label, defaults, resets = [], submitLabel, error, codes, check, onAsk, children } = props
  const [parameters, setParameters] = useSearchParams()
  const asked = readAddressFields(parameters, defaults)
  const [edits, setEdits] = useState<Partial<Values>>({})
  const [found, setFound] = useState<Readonly<Record<string, string>>>({})
  const form = useRef<HTMLFormElement>(null)
  // The address can change without the form: back and forward, and links.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed is given up when something else was asked
  useEffect(() => setEdits({}), [JSON.stringify(asked)])
  const values = { ...asked, ...edits }
  const { byField, rest } = problemsOf(error, Object.keys(defaults), codes)
  useFocusOnProblem(form, error ?? found)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const wrong = definedOnly(check?.(values) ?? {})
    setFound(wrong)
    if (Object.keys(wrong).length > 0) return
    setParameters((before) => writeAddressFields(before, values, { defaults, resets }), { state: 'stay' })
    onAsk()
  }
  const set = (name: string, value: unknown) => setEdits((before) => ({ ...before, [name]: value }))
  return (
    <form ref={form} onSubmit={submit} noValidate aria-label={label}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="sm">
          <FormContext value={{ values, problems: { ...byField, ...found }, set }}>{children}</FormContext>
        </SimpleGrid>
        {rest !== undefined && <ErrorNotice error={error} onRetry={onAsk} />}
        <Group>
          <Button type="submit">{submitLabel}</Button>
        </Group>
      </Stack>
    </form>
  )
}
