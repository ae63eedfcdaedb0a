import { Button, Tabs } from '@mantine/core'
import type { Team } from '@portreeve/client'
import { Link, useSearchParams } from 'react-router'
import { ConsoleLink, useAddress } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { useMayChangeTeams } from './changing-teams.ts'
import { TeamTree } from './team-tree.tsx'

export const TEAM_COLUMNS: readonly Column<Team>[] = [
  {
    id: 'name',
    header: 'Name',
    isSortable: true,
    cell: ({ id, name }) => <ConsoleLink to={`teams/${id}`}>{name}</ConsoleLink>,
  },
  { id: 'description', header: 'Description', visibleFrom: 'sm', cell: ({ description }) => description },
  {
    id: 'kind',
    header: 'Place',
    cell: ({ parentTeam }) => (parentTeam === undefined ? 'At the top' : 'Subteam'),
  },
]

/** All teams: as the tree that they form, and as a list to search. */
export function TeamsPage() {
  const [parameters, setParameters] = useSearchParams()
  const address = useAddress()
  const create = useMayChangeTeams() && (
    <Button component={Link} to={address('teams/new')}>
      New team
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
    <Page title="Teams" actions={create}>
      <Tabs value={parameters.get('view') === 'list' ? 'list' : 'tree'} onChange={show} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="tree">Tree</Tabs.Tab>
          <Tabs.Tab value="list">List</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="tree" pt="md">
          <TeamTree emptyAction={create} />
        </Tabs.Panel>
        <Tabs.Panel value="list" pt="md">
          <DataTable<Team>
            label="teams"
            queryKey={['teams']}
            load={(client, request) => client.teams.page(request)}
            columns={TEAM_COLUMNS}
            keyOf={({ id }) => id}
            nameOf={({ name }) => name}
            sort="name"
            search={{ name: 'Name', description: 'Description' }}
            empty={{ title: 'There are no teams yet.', hint: 'A team has members, paths and rules.', action: create }}
          />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
