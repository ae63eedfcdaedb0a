import { Text, Tooltip } from '@mantine/core'
import { relativeTimeText } from './relative-time-text.ts'

const EXACT = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'long' })

export interface RelativeTimeProps {
  /** RFC 3339. */
  readonly at: string | undefined
  /** Shown when there is no time. */
  readonly never?: string
}

/** A time as people say it; the exact one on hover and focus. */
export function RelativeTime({ at, never = 'never' }: RelativeTimeProps) {
  if (at === undefined) {
    return (
      <Text span inherit c="dimmed">
        {never}
      </Text>
    )
  }
  const date = new Date(at)
  return (
    <Tooltip label={EXACT.format(date)} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at} tabIndex={-1}>
        {relativeTimeText(date, new Date())}
      </time>
    </Tooltip>
  )
}
