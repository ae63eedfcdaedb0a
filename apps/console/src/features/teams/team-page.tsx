import { Button, Skeleton, Tabs } from '@mantine/core'
import type { PortreeveClient, Team } from '@portreeve/client'
import type { ComponentType } from 'react'
import { Link, useParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { useAddress, useGo } from '../../parts/link.tsx'
import { type Crumb, Page } from '../../parts/page/page.tsx'
import { useMayChangeTeams } from './changing-teams.ts'
import { TeamLeaders } from './team-leaders.tsx'
import { TeamMembers } from './team-members.tsx'
import { TeamOverview } from './team-overview.tsx'
import { TeamResources } from './team-resources.tsx'
import { TeamRules } from './team-rules.tsx'

const CRUMBS: readonly Crumb[] = [{ title: 'Teams', to: 'teams' }]

interface Section {
  readonly name: string
  readonly title: string
  readonly Part: ComponentType<{ readonly team: Team }>
}

const OVERVIEW: Section = { name: 'overview', title: 'Overview', Part: TeamOverview }
const SECTIONS: readonly Section[] = [
  OVERVIEW,
  { name: 'members', title: 'Members', Part: TeamMembers },
  { name: 'leaders', title: 'Leaders', Part: TeamLeaders },
  { name: 'resources', title: 'Resources', Part: TeamResources },
  { name: 'rules', title: 'Rules', Part: TeamRules },
]

/** One team, by sections. */
export function TeamPage() {
  const { teamId = '' } = useParams()
  const team = useResource(['teams', teamId], (client) => client.teams.get(teamId))
  if (!team.data) {
    return (
      <Page title="Team" crumbs={CRUMBS}>
        {team.error ? (
          <ErrorNotice error={team.error} onRetry={() => void team.refetch()} />
        ) : (
          <Skeleton height={200} />
        )}
      </Page>
    )
  }
  // Another team begins with its own forms.
  return <LoadedTeam key={teamId} team={team.data} />
}

function LoadedTeam({ team }: { readonly team: Team }) {
  const { section } = useParams()
  const go = useGo()
  const address = useAddress()
  const current = SECTIONS.find(({ name }) => name === section) ?? OVERVIEW
  const above = useResource(['teams', team.id, 'above', team.parentTeam ?? null], (client) => teamsAbove(client, team))
  const show = (name: string | null) =>
    go(name === OVERVIEW.name ? `teams/${team.id}` : `teams/${team.id}/${name}`, { state: 'stay' })
  const createSubteam = useMayChangeTeams() && (
    <Button variant="default" component={Link} to={address(`teams/new?parent=${team.id}`)}>
      New subteam
    </Button>
  )
  return (
    <Page title={team.name} crumbs={[...CRUMBS, ...crumbsOf(above.data ?? [])]} actions={createSubteam}>
      <Tabs value={current.name} onChange={show} keepMounted={false}>
        <Tabs.List>
          {SECTIONS.map(({ name, title }) => (
            <Tabs.Tab key={name} value={name}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {SECTIONS.map(({ name, Part }) => (
          <Tabs.Panel key={name} value={name} pt="md">
            <Part team={team} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  )
}

function crumbsOf(teams: readonly Team[]): readonly Crumb[] {
  return teams.map(({ id, name }) => ({ title: name, to: `teams/${id}` }))
}

/** From the top down: one after the other, since each tells the next. */
async function teamsAbove(client: PortreeveClient, { parentTeam }: Team): Promise<readonly Team[]> {
  if (parentTeam === undefined) return []
  const parent = await client.teams.get(parentTeam)
  return [...(await teamsAbove(client, parent)), parent]
}
