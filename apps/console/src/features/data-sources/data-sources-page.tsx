import { Button } from '@mantine/core'
import type { DataSource } from '@portreeve/client'
import { Link } from 'react-router'
import { FIRST_LETTER } from '../../parts/entries/first-letter-filter.ts'
import { ConsoleLink, useAddress } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { placeOf } from './place-of.ts'

const COLUMNS: readonly Column<DataSource>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: ({ id, name }) => <ConsoleLink to={`data-sources/${id}`}>{name}</ConsoleLink>,
  },
  { id: 'type', header: 'Type', cell: ({ databaseType }) => databaseType },
  { id: 'place', header: 'Where', visibleFrom: 'sm', cell: placeOf },
  { id: 'status', header: 'Status', visibleFrom: 'md', cell: ({ status }) => status },
  {
    id: 'stewards',
    header: 'Stewards',
    visibleFrom: 'md',
    cell: ({ stewards }) => stewards.map(({ name }) => name).join(', '),
  },
]

/** The data sources of the organisation. */
export function DataSourcesPage() {
  const address = useAddress()
  const create = (
    <Button component={Link} to={address('data-sources/new')}>
      New data source
    </Button>
  )
  return (
    <Page title="Data sources" actions={create}>
      <DataTable<DataSource>
        label="data sources"
        queryKey={['data-sources']}
        load={(client, request) => client.dataSources.page(request)}
        columns={COLUMNS}
        keyOf={({ id }) => String(id)}
        nameOf={({ name }) => name}
        search={{ q: 'Words' }}
        filters={[FIRST_LETTER]}
        empty={{
          title: 'There are no data sources yet.',
          hint: 'A data source is a database somewhere. Its stewards look after it and its login credentials.',
          action: create,
        }}
      />
    </Page>
  )
}
