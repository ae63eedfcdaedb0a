import { Button, type ButtonProps, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, type SyntheticEvent, useState } from 'react'
import { type ChangeOptions, useChange } from './api.tsx'
import { ErrorNotice } from './error-notice.tsx'
import { isOutdated } from './error-text.ts'

export interface ConfirmActionProps<Result> extends ChangeOptions<void, Result> {
  /** On the button that asks: `Disable…`. */
  readonly label: string
  /** A question that names what it is about: `Disable ann?`. */
  readonly title: string
  /** What comes of it: who loses what, how many, whether it can be undone. */
  readonly effect: ReactNode
  /** On the button that does it: `Disable`. */
  readonly confirm: string
  /** Has to be typed first: for what cannot be undone. */
  readonly typed?: string
  readonly button?: Pick<ButtonProps, 'size' | 'variant' | 'disabled'>
  /** Red, and not the button that Enter presses; true when absent. */
  readonly isDangerous?: boolean
}

/** A button that says what would happen before it does. */
export function ConfirmAction<Result>(props: ConfirmActionProps<Result>) {
  const { label, title, button, isDangerous = true } = props
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button variant="default" {...(isDangerous && { c: 'red' })} {...button} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal opened={isOpen} onClose={close} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
        <Confirmation {...props} close={close} />
      </Modal>
    </>
  )
}

function Confirmation<Result>(props: ConfirmActionProps<Result> & { close(): void }) {
  const { effect, confirm, typed, isDangerous = true, close } = props
  const [text, setText] = useState('')
  const change = useChange<void, Result>({
    ...props,
    async onDone(result) {
      close()
      await props.onDone?.(result)
    },
  })
  const queries = useQueryClient()
  const showNow = () => {
    close()
    void queries.invalidateQueries()
  }
  const isReady = typed === undefined || text.trim() === typed
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (isReady) change.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text component="div" size="sm" className="long-text">
          {effect}
        </Text>
        {typed !== undefined && (
          <TextInput
            label={`Type ${typed} to go on`}
            value={text}
            autoComplete="off"
            data-autofocus
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <ErrorNotice error={change.error} {...(isOutdated(change.error) && { onRetry: showNow })} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus={typed === undefined || undefined}>
            Cancel
          </Button>
          <Button type="submit" {...(isDangerous && { color: 'red' })} loading={change.isPending} disabled={!isReady}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
