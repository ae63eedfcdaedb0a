import { Group, Stack, Title } from '@mantine/core'
import type { ReactNode } from 'react'

export interface SectionProps {
  readonly title: string
  /** Beside its heading. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A part of a page below a heading of its own. */
export function Section({ title, actions, children }: SectionProps) {
  return (
    <Stack component="section" aria-label={title} gap="xs">
      <Group justify="space-between" gap="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  )
}
