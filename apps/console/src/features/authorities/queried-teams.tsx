import { Button, Group, Stack } from '@mantine/core'
import type { LdapAuthority, Team } from '@portreeve/client'
import { Link } from 'react-router'
import { useSession } from '../../parts/api.tsx'
import { ConsoleLink, useAddress } from '../../parts/link.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'

/** The teams that take their members from an LDAP authority. */
export function QueriedTeams({ authority: { id, name } }: { readonly authority: LdapAuthority }) {
  const address = useAddress()
  const mayChange = holdsAny(useSession(), 'allow_modify_teams')
  const columns: readonly Column<Team>[] = [
    {
      id: 'name',
      header: 'Team',
      isSortable: true,
      cell: (team) => <ConsoleLink to={`authorities/${id}/teams/${team.id}`}>{team.name}</ConsoleLink>,
    },
    { id: 'filter', header: 'Filter', cell: ({ ldapFilter }) => ldapFilter },
  ]
  const create = mayChange && (
    <Button component={Link} to={address(`authorities/${id}/teams/new`)}>
      Give a team a query
    </Button>
  )
  return (
    <Stack>
      {create && <Group>{create}</Group>}
      <DataTable<Team>
        label="teams"
        queryKey={['authorities', id, 'teams']}
        load={(client, request) => client.teams.page({ ...request, search: { ...request.search, ldapAuthority: id } })}
        columns={columns}
        keyOf={(team) => team.id}
        nameOf={(team) => team.name}
        sort="name"
        search={{ name: 'Name' }}
        empty={{
          title: `No team takes its members from ${name}.`,
          hint: 'A team with a query has the members whom a filter finds there.',
        }}
      />
    </Stack>
  )
}
