import { Badge } from '@mantine/core'
import type { AccessChange } from '@portreeve/client'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { type AccessDirection, directionOf, rightsText } from './access-direction.ts'
import { PeopleCell } from './people-cell.tsx'

const DIRECTIONS: Readonly<Record<AccessDirection, { readonly label: string; readonly color: string }>> = {
  gains: { label: 'Gains', color: 'green' },
  loses: { label: 'Loses', color: 'red' },
  stops: { label: 'Unchanged from here down', color: 'gray' },
}

const COLUMNS: readonly Column<AccessChange>[] = [
  {
    id: 'users',
    header: 'Who',
    cell: (change) => <PeopleCell {...change} addressOf={(username) => addressOfWhy(username, change)} />,
  },
  { id: 'direction', header: 'Gains or loses', cell: (change) => <DirectionBadge direction={directionOf(change)} /> },
  { id: 'rights', header: 'What', visibleFrom: 'sm', cell: rightsText },
  { id: 'place', header: 'Where', cell: ({ repositoryName, path }) => `${repositoryName}:${path}` },
]

export interface Span {
  readonly from: number
  readonly to: number
}

/** Who gains or loses what, where, on the way from a revision to another. */
export function AccessChanges({ from, to }: Span) {
  return (
    <DataTable<AccessChange>
      label="changes of access"
      prefix="access-"
      queryKey={['enforcement', 'access', from, to]}
      load={(client, request) => client.reports.pageOfAccessChanges({ from, to }, request)}
      columns={COLUMNS}
      keyOf={keyOf}
      nameOf={({ repositoryName, path }) => `${repositoryName}:${path}`}
      search={{ username: 'Username, in full', repositoryName: 'Repository, in full' }}
      empty={{
        title: 'Nobody gains or loses access.',
        hint: 'What changed is told apart by rules or teams alone, not by what anybody may do.',
      }}
    />
  )
}

/** Whether and why they may read there by what is decided by now, enforced or not. */
function addressOfWhy(username: string, { repositoryName: repository, path }: AccessChange): string {
  return `decisions?${new URLSearchParams({ username, repository, path, state: 'pending' })}`
}

function keyOf({ repositoryName, path, audience, before, after, usernames }: AccessChange): string {
  return JSON.stringify([repositoryName, path, audience, before, after, usernames[0]])
}

function DirectionBadge({ direction }: { readonly direction: AccessDirection }) {
  const { label, color } = DIRECTIONS[direction]
  return (
    <Badge variant="light" color={color}>
      {label}
    </Badge>
  )
}
