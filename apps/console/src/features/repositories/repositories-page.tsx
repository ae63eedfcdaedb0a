import { Button } from '@mantine/core'
import type { Repository } from '@portreeve/client'
import { Link } from 'react-router'
import { useSession } from '../../parts/api.tsx'
import { ConsoleLink, useAddress } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'

const COLUMNS: readonly Column<Repository>[] = [
  {
    id: 'name',
    header: 'Name',
    isSortable: true,
    cell: ({ id, name }) => <ConsoleLink to={`repositories/${id}`}>{name}</ConsoleLink>,
  },
  { id: 'description', header: 'Description', isSortable: true, cell: ({ description }) => description },
]

/** The repositories of the organisation. */
export function RepositoriesPage() {
  const address = useAddress()
  const create = holdsAny(useSession(), 'allow_modify_teams') && (
    <Button component={Link} to={address('repositories/new')}>
      New repository
    </Button>
  )
  return (
    <Page title="Repositories" actions={create}>
      <DataTable<Repository>
        label="repositories"
        queryKey={['repositories']}
        load={(client, request) => client.repositories.page(request)}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        sort="name"
        search={{ name: 'Name', description: 'Description' }}
        empty={{
          title: 'There are no repositories yet.',
          hint: 'Make one known by its name on the Subversion host. Nobody reaches anything in it until a rule says so.',
          action: create,
        }}
      />
    </Page>
  )
}
