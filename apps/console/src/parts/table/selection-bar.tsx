import { Button, Group, Paper, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { countedEntries } from '../counted.ts'
import { countOf, type Selection } from './selection.ts'

interface SelectionBarProps {
  readonly label: string
  readonly selection: Selection
  select(selection: Selection): void
  clear(): void
  /** How many match what the table is narrowed to. */
  readonly total: number
  readonly children: ReactNode
}

/** What is chosen, how to choose all that match, and what to do with it. */
export function SelectionBar({ label, selection, select, clear, total, children }: SelectionBarProps) {
  const count = countOf(selection)
  return (
    <Paper withBorder p="xs">
      <Group gap="sm">
        <Text size="sm" fw={600} role="status">
          {countedEntries(count, label)} selected
        </Text>
        {count < total && (
          <Button size="compact-sm" variant="subtle" onClick={() => select({ kind: 'all', total })}>
            Select all {total.toLocaleString('en')} that match
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" onClick={clear}>
          Select none
        </Button>
        {children}
      </Group>
    </Paper>
  )
}
