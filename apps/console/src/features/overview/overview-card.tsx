import { Paper, Skeleton, Stack, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { ErrorNotice } from '../../parts/error-notice.tsx'

export interface OverviewCardProps {
  readonly title: string
  readonly isPending: boolean
  readonly error: unknown
  onRetry(): void
  readonly children: ReactNode
}

/** One matter of the overview; each is read, and can fail, by itself. */
export function OverviewCard({ title, isPending, error, onRetry, children }: OverviewCardProps) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Stack gap="xs">
        <Title order={2} size="h4">
          {title}
        </Title>
        <ErrorNotice error={error} onRetry={onRetry} />
        {isPending && <Skeleton height={60} />}
        {children}
      </Stack>
    </Paper>
  )
}
