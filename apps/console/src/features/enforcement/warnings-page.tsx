import { Text } from '@mantine/core'
import type { ModelWarning } from '@portreeve/client'
import { Page } from '../../parts/page/page.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { PeopleCell } from './people-cell.tsx'

const COLUMNS: readonly Column<ModelWarning>[] = [
  { id: 'repositoryName', header: 'Repository', isSortable: true, cell: ({ repositoryName }) => repositoryName },
  { id: 'path', header: 'May read', isSortable: true, cell: ({ path }) => path },
  { id: 'blockedAt', header: 'May not enter', isSortable: true, cell: ({ blockedAt }) => blockedAt },
  {
    id: 'audience',
    header: 'Who',
    visibleFrom: 'xs',
    isSortable: true,
    cell: (warning) => <PeopleCell {...warning} />,
  },
]

/** What rules allow and probably do not mean. */
export function WarningsPage() {
  return (
    <Page title="Warnings" crumbs={[{ title: 'Enforcement', to: 'enforcement' }]}>
      <Text size="sm">
        Paths that people have access to and cannot browse to, as they may not read a directory above. They reach them
        by the whole address alone; let them read what is above, or take the access away.
      </Text>
      <DataTable<ModelWarning>
        label="warnings"
        queryKey={['enforcement', 'warnings']}
        load={(client, request) => client.reports.pageOfWarnings(request)}
        columns={COLUMNS}
        keyOf={({ repositoryName, path, audience, blockedAt, usernames }) =>
          JSON.stringify([repositoryName, path, audience, blockedAt, usernames[0]])
        }
        nameOf={({ repositoryName, path }) => `${repositoryName}:${path}`}
        sort="repositoryName"
        search={{ repositoryName: 'Repository', path: 'Path' }}
        empty={{ title: 'There is nothing to warn of.', hint: 'Whoever has access to a path can browse to it.' }}
      />
    </Page>
  )
}
