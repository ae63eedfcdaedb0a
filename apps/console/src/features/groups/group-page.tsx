import { Tabs } from '@mantine/core'
import type { DataSourceGroup } from '@portreeve/client'
import { useParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { FollowButton } from '../../parts/entries/follow-button.tsx'
import { memberOfGroup } from '../../parts/entries/move-into-group.ts'
import { MoveToGroup } from '../../parts/entries/move-to-group.tsx'
import { useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { UnloadedPage } from '../../parts/page/unloaded-page.tsx'
import { ChangeGroup } from './change-group.tsx'
import { GroupOverview } from './group-overview.tsx'

const CRUMBS = [{ title: 'Data-source groups', to: 'groups' }]

/** One group, and what is directly in it. */
export function GroupPage() {
  const id = Number(useParams()['groupId'])
  const group = useResource(['groups', 'one', id], (client) => client.dataSourceGroups.get(id))
  if (!group.data) return <UnloadedPage title="Data-source group" crumbs={CRUMBS} resource={group} />
  return <LoadedGroup key={id} group={group.data} />
}

function LoadedGroup({ group }: { readonly group: DataSourceGroup }) {
  const { section } = useParams()
  const go = useGo()
  const { id, name } = group
  const show = (next: string | null) =>
    go(next === 'change' ? `groups/${id}/change` : `groups/${id}`, { state: 'stay' })
  const actions = (
    <>
      <FollowButton
        name={name}
        isFollowed={group.isCurrentUserFollowing}
        outdates={[['groups', 'one', id]]}
        follow={(client, isFollowed) => client.dataSourceGroups.setFollowing(id, isFollowed)}
      />
      <MoveToGroup member={memberOfGroup(group)} />
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
          <GroupOverview group={group} />
        </Tabs.Panel>
        <Tabs.Panel value="change" pt="md">
          <ChangeGroup group={group} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
