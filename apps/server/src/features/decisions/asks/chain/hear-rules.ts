import { NONE, type Right } from '../../../rules/index.ts'
import type { CompiledModel } from '../../compiled/compiled-model.ts'
import type { Explanation } from '../../compiled/explain-right.ts'
import type { ModelUser, Spot } from '../../compiled/model-parts.ts'
import type { Person } from '../ask-policy.ts'
import { allows, type Link, type NamedTeam, refuses } from './link.ts'
import { type Decisive, decisiveOf, type ShowTeams } from './teams-to-show.ts'

/** What the rules say to a user at a place. */
export interface Hearing {
  readonly model: CompiledModel
  readonly user: ModelUser
  /** Undefined when there is none such, or rules never spoke of it. */
  readonly spot: Spot | undefined
  readonly needs: Right
  /** For people: `calc:/trunk`. */
  readonly place: string
  readonly teamsToShow: ShowTeams
}

const RIGHT_NAMES = ['NONE', 'READ', 'READ_WRITE'] as const

export function rightName(right: Right): (typeof RIGHT_NAMES)[number] {
  return RIGHT_NAMES[right]
}

/** The team, the rule and the permission that decide; or the rule alone, where none speaks to the user. */
export function hearRules(hearing: Hearing): readonly Link[] {
  const { model, user, spot, needs, place } = hearing
  const heard = spot && model.explain(user, spot)
  const decisive = heard && decisiveOf(heard, hearing.teamsToShow)
  if (!decisive) {
    const change = `Add ${user.username} to a rule that has ${rightName(needs)} on ${place} or above it.`
    return [refuses('rule', `No rule that speaks to ${user.username} covers ${place}.`, { change })]
  }
  return [teamLink(decisive.teams), ruleLink(decisive, user), permissionLink({ heard, decisive, hearing })]
}

/** What rules have to say to a superadmin of another organisation. */
export function deafToRules({ username }: Person): Link {
  return refuses('rule', `Rules speak to users of the organisation, and ${username} is none.`, {
    change:
      'Ask as a user of the organisation. Data sources are open to superadmins with allow_modify_datasources, too.',
  })
}

function teamLink(teams: readonly NamedTeam[] | undefined): Link {
  const team = teams?.at(-1)
  if (!teams || !team) return allows('team', 'A team has the place among its resources.')
  return allows('team', `The team ${team.name} has the place among its resources.`, { ...team, teams })
}

function ruleLink({ permission: { rule }, teams }: Decisive, { username }: ModelUser): Link {
  const named = teams ? { id: rule.id, name: rule.name } : {}
  const label = teams ? `The rule ${rule.name}` : 'A rule'
  const whom = { members: username, authenticated: 'whoever is signed in', everyone: 'everyone' }
  return allows('rule', `${label} speaks of ${whom[rule.audience]}.`, named)
}

interface Heard {
  readonly heard: Explanation
  readonly decisive: Decisive
  readonly hearing: Hearing
}

function permissionLink({ heard, decisive, hearing }: Heard): Link {
  const { permission, teams } = decisive
  const { user, needs } = hearing
  const about = { path: permission.path, ...(teams && { id: permission.id }) }
  const because = `${rightName(heard.right)} is said at ${permission.path}${othersSaying(heard)}.`
  if (heard.right >= needs) return allows('permission', because, about)
  return refuses('permission', because, { ...about, change: whatWouldHelp(heard, { decisive, user, needs }) })
}

function othersSaying({ by, audience }: Explanation): string {
  const others = by.length - 1
  const whom = audience === 'members' ? '' : ` to ${audience === 'everyone' ? 'everyone' : 'whoever is signed in'}`
  if (others === 0) return whom
  return `${whom}, ${others} more ${others === 1 ? 'permission says' : 'permissions say'} the same`
}

interface Wanted extends Pick<Hearing, 'user' | 'needs'> {
  readonly decisive: Decisive
}

/** A narrower audience counts more, and for the same audience a nearer path; within both a denial counts most. */
function whatWouldHelp({ right, audience, path, by }: Explanation, { decisive, user, needs }: Wanted): string {
  const rule = decisive.teams ? `the rule ${decisive.permission.rule.name}` : 'a rule'
  const wanted = rightName(needs)
  if (audience !== 'members') {
    return `Add ${user.username} to a rule that has ${wanted} at ${path}: one that names its members counts more.`
  }
  if (right === NONE) {
    const all = by.length > 1 ? `, and from the ${by.length - 1} others that say the same` : ''
    return `Remove ${user.username} from ${rule}${all}: a denial counts more than what other rules give at ${path}.`
  }
  return `Give ${rule} ${wanted} at ${path}, or add ${user.username} to a rule that has it there.`
}
