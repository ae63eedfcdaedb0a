import type { CurrentSession } from '@portreeve/client'
import type { Area } from '../../parts/area.ts'
import { holdsAny } from '../../parts/rights.ts'

/** Teams in their tree: members, leaders, resources, and the rules that grant access. */
export const teams: Area = {
  path: 'teams',
  title: 'Teams',
  group: 'Access',
  mayOpen: (session) => holdsAny(session, 'allow_view_users', 'allow_modify_teams'),
  pages: [
    { path: '', title: 'Teams', load: async () => (await import('./teams-page.tsx')).TeamsPage },
    { path: 'new', title: 'New team', load: async () => (await import('./new-team-page.tsx')).NewTeamPage },
    { path: ':teamId/:section?', title: 'Team', load: async () => (await import('./team-page.tsx')).TeamPage },
    { path: ':teamId/rules/:ruleId', title: 'Rule', load: async () => (await import('./rule-page.tsx')).RulePage },
  ],
  commands: [{ title: 'New team', to: 'teams/new', may: mayChangeTeams }],
}

function mayChangeTeams(session: CurrentSession): boolean {
  return holdsAny(session, 'allow_modify_teams')
}
