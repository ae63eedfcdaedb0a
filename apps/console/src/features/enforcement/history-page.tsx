import { Badge } from '@mantine/core'
import type { Task } from '@portreeve/client'
import { ConsoleLink } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'

const COLUMNS: readonly Column<Task>[] = [
  { id: 'revision', header: 'Revision', cell: (task) => <Revision task={task} /> },
  {
    id: 'summary',
    header: 'Change',
    cell: ({ id, summary = id }) => <ConsoleLink to={`jobs/tasks/${id}`}>{summary}</ConsoleLink>,
  },
  { id: 'submittedBy', header: 'By', visibleFrom: 'sm', cell: ({ submittedBy }) => submittedBy },
  { id: 'finishedAt', header: 'When', visibleFrom: 'xs', cell: ({ finishedAt }) => <RelativeTime at={finishedAt} /> },
  {
    id: 'enforced',
    header: 'State',
    visibleFrom: 'md',
    cell: ({ enforced }) => <EnforcedState isEnforced={enforced} />,
  },
]

/** What was decided of users, teams, rules and repositories, but for tasks that were taken out of sight, and the way to what each change meant. */
export function HistoryPage() {
  return (
    <Page title="History" crumbs={[{ title: 'Enforcement', to: 'enforcement' }]}>
      <DataTable<Task>
        label="changes"
        queryKey={['enforcement', 'history']}
        load={(client, { page, pageSize, signal }) =>
          client.tasks.page({ page, pageSize, filter: { state: 'COMPLETED' }, signal })
        }
        columns={COLUMNS}
        keyOf={({ id }) => id}
        nameOf={({ summary, id }) => summary ?? id}
        empty={{
          title: 'Nothing was changed yet.',
          hint: 'Changes whose task was taken out of sight are not listed; the audit keeps their records.',
        }}
      />
    </Page>
  )
}

function Revision({ task: { revision } }: { readonly task: Task }) {
  if (revision === undefined) return null
  return <ConsoleLink to={`enforcement/history/${revision}`}>{revision}</ConsoleLink>
}

function EnforcedState({ isEnforced }: { readonly isEnforced: boolean }) {
  return (
    <Badge variant="light" color={isEnforced ? 'green' : 'orange'}>
      {isEnforced ? 'Enforced' : 'Waits'}
    </Badge>
  )
}
