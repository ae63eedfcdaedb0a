import { Badge } from '@mantine/core'
import type { EnforcementStatus, WaitingChange } from '@portreeve/client'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'

const COLUMNS: readonly Column<WaitingChange>[] = [
  { id: 'revision', header: 'Revision', isSortable: true, cell: ({ revision }) => revision },
  { id: 'summary', header: 'Change', isSortable: true, cell: ({ summary }) => summary },
  { id: 'submittedBy', header: 'By', isSortable: true, visibleFrom: 'sm', cell: ({ submittedBy }) => submittedBy },
  {
    id: 'submittedAt',
    header: 'When',
    isSortable: true,
    visibleFrom: 'xs',
    cell: ({ submittedAt }) => <RelativeTime at={submittedAt} />,
  },
]

/** The changes that are not enforced yet. */
export function WaitingChanges({ status }: { readonly status: EnforcementStatus }) {
  const { targetRevision, enforcedRevision, pendingRevision } = status
  return (
    <DataTable<WaitingChange>
      label="changes"
      // Anew when any of them moves.
      queryKey={['enforcement', 'changes', pendingRevision, targetRevision, enforcedRevision]}
      load={(client, request) => client.enforcement.pageOfChanges(request)}
      columns={[
        ...COLUMNS,
        {
          id: 'state',
          header: 'State',
          visibleFrom: 'md',
          cell: ({ revision }) => (
            <Badge variant="light" color={revision > targetRevision ? 'orange' : 'blue'}>
              {revision > targetRevision ? 'To be applied' : 'Being enforced'}
            </Badge>
          ),
        },
      ]}
      keyOf={({ revision }) => String(revision)}
      nameOf={({ summary }) => summary}
      sort="revision"
      search={{ summary: 'Change', submittedBy: 'By' }}
      empty={{ title: 'No change waits.', hint: 'Subversion obeys all that was decided.' }}
    />
  )
}
