import { Button, Stack } from '@mantine/core'
import type { DataSource, DataSourceGroup } from '@portreeve/client'
import { Link } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { factsOfTexts } from '../../parts/entries/entry-texts.ts'
import { ConsoleLink, useAddress } from '../../parts/link.tsx'
import { Facts } from '../../parts/page/facts.tsx'
import { Section } from '../../parts/page/section.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import { unixTime } from '../../parts/unix-time.ts'
import { GROUP_COLUMNS } from './groups-page.tsx'

/** What is known of a group, and what is directly in it. */
export function GroupOverview({ group }: { readonly group: DataSourceGroup }) {
  const { id, parentId, stewards, createdAt, modifiedAt } = group
  const address = useAddress()
  const newSubgroup = (
    <Button variant="default" component={Link} to={address(`groups/new?parent=${id}`)}>
      New subgroup
    </Button>
  )
  const newDataSource = (
    <Button variant="default" component={Link} to={address(`data-sources/new?group=${id}`)}>
      New data source
    </Button>
  )
  return (
    <Stack gap="lg">
      <Facts
        facts={[
          ['In', parentId !== undefined && <ParentLink id={parentId} />],
          ['Stewards', stewards.map(({ name }) => name).join(', ')],
          ...factsOfTexts(group),
          ['Made', <RelativeTime key="made" at={unixTime(createdAt)} />],
          ['Changed', <RelativeTime key="changed" at={unixTime(modifiedAt)} />],
        ]}
      />
      <Section title="Groups in it" actions={newSubgroup}>
        <DataTable<DataSourceGroup>
          label="groups"
          prefix="groups-"
          queryKey={['groups', 'in', id]}
          load={(client, request) => client.dataSourceGroups.page({ ...request, filter: { parentId: String(id) } })}
          columns={GROUP_COLUMNS}
          keyOf={(each) => String(each.id)}
          nameOf={({ name }) => name}
          empty={{ title: 'No group is in it.' }}
        />
      </Section>
      <Section title="Data sources in it" actions={newDataSource}>
        <DataTable<DataSource>
          label="data sources"
          prefix="sources-"
          queryKey={['groups', 'sources-in', id]}
          load={(client, request) => client.dataSources.page({ ...request, filter: { groupId: String(id) } })}
          columns={[
            {
              id: 'name',
              header: 'Name',
              cell: (source) => <ConsoleLink to={`data-sources/${source.id}`}>{source.name}</ConsoleLink>,
            },
            { id: 'type', header: 'Type', cell: ({ databaseType }) => databaseType },
            { id: 'status', header: 'Status', visibleFrom: 'sm', cell: ({ status }) => status },
          ]}
          keyOf={(source) => String(source.id)}
          nameOf={({ name }) => name}
          empty={{ title: 'No data source is in it.' }}
        />
      </Section>
    </Stack>
  )
}

function ParentLink({ id }: { readonly id: number }) {
  const parent = useResource(['groups', 'one', id], (client) => client.dataSourceGroups.get(id))
  return <ConsoleLink to={`groups/${id}`}>{parent.data?.name ?? String(id)}</ConsoleLink>
}
