import { Badge } from '@mantine/core'
import type { Task } from '@portreeve/client'
import { STATE_OPTIONS } from './task-text.ts'

const COLORS: Readonly<Record<Task['state'], string>> = {
  PENDING: 'yellow',
  RUNNING: 'blue',
  COMPLETED: 'green',
  FAILED: 'red',
  ABORTED: 'gray',
}

export function TaskState({ state }: Pick<Task, 'state'>) {
  return (
    <Badge miw="max-content" variant="light" color={COLORS[state]}>
      {STATE_OPTIONS.find(({ value }) => value === state)?.label}
    </Badge>
  )
}
