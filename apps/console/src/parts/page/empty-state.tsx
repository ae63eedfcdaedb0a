import { Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'

export interface EmptyStateProps {
  /** What there is none of: `There are no teams yet.` */
  readonly title: string
  /** What to do about it. */
  readonly hint?: string
  /** A button or link that does it. */
  readonly action?: ReactNode
}

/** Where a list has nothing: the next step. */
export function EmptyState({ title, hint, action }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" py="xl" ta="center">
      <Text fw={600}>{title}</Text>
      {hint !== undefined && (
        <Text size="sm" c="dimmed" maw="32rem">
          {hint}
        </Text>
      )}
      {action}
    </Stack>
  )
}
