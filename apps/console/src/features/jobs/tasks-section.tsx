import { Stack, Text, Title } from '@mantine/core'
import type { Task } from '@portreeve/client'
import { ConsoleLink } from '../../parts/link.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { TaskState } from './task-state.tsx'
import { KIND_OPTIONS, kindText, STATE_OPTIONS } from './task-text.ts'

const ASK_EVERY_MS = 5000

const COLUMNS: readonly Column<Task>[] = [
  {
    id: 'change',
    header: 'Change',
    cell: ({ id, type, summary }) => <ConsoleLink to={`jobs/tasks/${id}`}>{summary ?? kindText(type)}</ConsoleLink>,
  },
  { id: 'kind', header: 'Kind', visibleFrom: 'md', cell: ({ type }) => kindText(type) },
  { id: 'state', header: 'State', cell: ({ state }) => <TaskState state={state} /> },
  {
    id: 'enforced',
    header: 'Enforced',
    visibleFrom: 'md',
    cell: ({ state, enforced }) => {
      if (state === 'FAILED' || state === 'ABORTED') return 'never'
      return enforced ? 'yes' : 'not yet'
    },
  },
  { id: 'by', header: 'By', visibleFrom: 'sm', cell: ({ submittedBy }) => submittedBy },
  { id: 'at', header: 'When', visibleFrom: 'xs', cell: ({ submittedAt }) => <RelativeTime at={submittedAt} /> },
]

/** Every change of users, teams, rules and repositories is a task. */
export function TasksSection() {
  return (
    <Stack gap="xs" component="section" aria-label="Tasks">
      <Title order={2} size="h4">
        Tasks
      </Title>
      <Text size="sm">Every change of users, teams, rules and repositories, the newest first.</Text>
      <DataTable<Task>
        label="tasks"
        queryKey={['jobs', 'tasks']}
        load={(client, { page, pageSize, filter, signal }) => client.tasks.page({ page, pageSize, filter, signal })}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        nameOf={({ summary, type }) => summary ?? kindText(type)}
        filters={[
          { name: 'state', label: 'State', options: STATE_OPTIONS },
          { name: 'type', label: 'Kind', options: KIND_OPTIONS },
        ]}
        everyMs={ASK_EVERY_MS}
        empty={{ title: 'Nothing was changed yet.', hint: 'Whatever is changed appears here, and what became of it.' }}
      />
    </Stack>
  )
}
