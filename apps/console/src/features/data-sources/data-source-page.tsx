import { Tabs } from '@mantine/core'
import type { DataSource } from '@portreeve/client'
import { useParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { FollowButton } from '../../parts/entries/follow-button.tsx'
import { memberOfDataSource } from '../../parts/entries/move-into-group.ts'
import { MoveToGroup } from '../../parts/entries/move-to-group.tsx'
import { useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { UnloadedPage } from '../../parts/page/unloaded-page.tsx'
import { ChangeDataSource } from './change-data-source.tsx'
import { DataSourceOverview } from './data-source-overview.tsx'

const CRUMBS = [{ title: 'Data sources', to: 'data-sources' }]

/** One data source. */
export function DataSourcePage() {
  const id = Number(useParams()['dataSourceId'])
  const source = useResource(['data-sources', 'one', id], (client) => client.dataSources.get(id))
  if (!source.data) return <UnloadedPage title="Data source" crumbs={CRUMBS} resource={source} />
  return <LoadedDataSource key={id} source={source.data} />
}

function LoadedDataSource({ source }: { readonly source: DataSource }) {
  const { section } = useParams()
  const go = useGo()
  const { id, name } = source
  const show = (next: string | null) =>
    go(next === 'change' ? `data-sources/${id}/change` : `data-sources/${id}`, { state: 'stay' })
  const actions = (
    <>
      <FollowButton
        name={name}
        isFollowed={source.isCurrentUserFollowing}
        outdates={[['data-sources', 'one', id]]}
        follow={(client, isFollowed) => client.dataSources.setFollowing(id, isFollowed)}
      />
      <MoveToGroup member={memberOfDataSource(source)} />
    </>
  )
  return (
    <Page title={name} crumbs={CRUMBS} actions={actions}>
      <Tabs value={section === 'change' ? 'change' : 'overview'} onChange={show} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          <Tabs.Tab value="change">Change</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview" pt="md">
          <DataSourceOverview source={source} />
        </Tabs.Panel>
        <Tabs.Panel value="change" pt="md">
          <ChangeDataSource source={source} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
