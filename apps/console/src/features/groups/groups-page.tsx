import { Button, Tabs, Text } from '@mantine/core'
import type { DataSourceGroup } from '@portreeve/client'
import { Link, useSearchParams } from 'react-router'
import { FIRST_LETTER } from '../../parts/entries/first-letter-filter.ts'
import { ConsoleLink, useAddress } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { GroupTree } from './group-tree.tsx'

export const GROUP_COLUMNS: readonly Column<DataSourceGroup>[] = [
  { id: 'name', header: 'Name', cell: ({ id, name }) => <ConsoleLink to={`groups/${id}`}>{name}</ConsoleLink> },
  { id: 'description', header: 'Description', visibleFrom: 'sm', cell: ({ description }) => description },
  { id: 'stewards', header: 'Stewards', cell: ({ stewards }) => stewards.map(({ name }) => name).join(', ') },
]

/** All groups: as the tree that they form with the data sources in it, and as a list to search. */
export function GroupsPage() {
  const [parameters, setParameters] = useSearchParams()
  const address = useAddress()
  const create = (
    <Button component={Link} to={address('groups/new')}>
      New group
    </Button>
  )
  const show = (view: string | null) =>
    setParameters(
      (before) => {
        const after = new URLSearchParams(before)
        if (view === 'list') after.set('view', view)
        else after.delete('view')
        return after
      },
      { replace: true, state: 'stay' },
    )
  return (
    <Page title="Data-source groups" actions={create}>
      <Tabs value={parameters.get('view') === 'list' ? 'list' : 'tree'} onChange={show} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="tree">Tree</Tabs.Tab>
          <Tabs.Tab value="list">List</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="tree" pt="md">
          <Text size="sm" c="dimmed" mb="sm">
            Drag a group or a data source to where it belongs, or open it and choose “Move to…”.
          </Text>
          <GroupTree emptyAction={create} />
        </Tabs.Panel>
        <Tabs.Panel value="list" pt="md">
          <DataTable<DataSourceGroup>
            label="groups"
            queryKey={['groups']}
            load={(client, request) => client.dataSourceGroups.page(request)}
            columns={GROUP_COLUMNS}
            keyOf={({ id }) => String(id)}
            nameOf={({ name }) => name}
            search={{ q: 'Words' }}
            filters={[FIRST_LETTER]}
            empty={{
              title: 'There are no groups yet.',
              hint: 'A group holds data sources and other groups; its stewards look after all of them.',
              action: create,
            }}
          />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
