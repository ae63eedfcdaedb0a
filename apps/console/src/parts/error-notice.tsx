import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import { isConflict, requestIdOf, textOf } from './error-text.ts'

export interface ErrorNoticeProps {
  readonly error: unknown
  /** Offered as a way on: to read again what failed, or, after a conflict, what is there now. */
  onRetry?(): void
  readonly title?: string
}

/** A failure: what it is, what to do, and the id that finds it in the server's log. */
export function ErrorNotice({ error, onRetry, title }: ErrorNoticeProps) {
  if (error === null || error === undefined) return null
  const conflict = isConflict(error)
  const requestId = requestIdOf(error)
  return (
    <Alert
      color={conflict ? 'orange' : 'red'}
      title={title ?? (conflict ? 'Not changed' : 'That did not work')}
      role="alert"
    >
      <Stack gap="xs">
        <Text size="sm" className="long-text">
          {textOf(error)}
        </Text>
        {requestId !== undefined && (
          <Text size="xs">
            Request <Code>{requestId}</Code>
          </Text>
        )}
        {onRetry && (
          <Group>
            <Button size="xs" variant="default" onClick={onRetry}>
              {conflict ? 'Show what is there now' : 'Try again'}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  )
}
