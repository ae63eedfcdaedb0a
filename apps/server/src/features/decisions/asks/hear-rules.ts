import { NONE, type Right } from '../../rules/index.ts'
import type { CompiledModel } from '../compiled/compiled-model.ts'
import type { Explanation } from '../compiled/explain-right.ts'
import type { ModelPermission, ModelUser, Spot } from '../compiled/model-parts.ts'
import { allows, type Link, type NamedTeam, refuses } from './link.ts'

/** What the rules say to a user at a place. */
export interface Hearing {
  readonly model: CompiledModel
  readonly user: ModelUser
  /** Undefined when there is none such, or rules never spoke of it. */
  readonly spot: Spot | undefined
  readonly needs: Right
  /** For people: `calc:/trunk`. */
  readonly place: string
  /** The teams of the rule that the caller may see, the root first; undefined when it is not theirs to see. */
  teamsToShow(permission: ModelPermission): readonly NamedTeam[] | undefined
}

const RIGHT_NAMES = ['NONE', 'READ', 'READ_WRITE'] as const

export function rightName(right: Right): (typeof RIGHT_NAMES)[number] {
  return RIGHT_NAMES[right]
}

/** The team, the rule and the permission that decide; or the rule alone, where none speaks to the user. */
export function hearRules(hearing: Hearing): readonly Link[] {
  const { model, user, spot, needs, place } = hearing
  const heard = spot && model.explain(user, spot)
  const decisive = heard?.by[0]
  if (!heard || !decisive) {
    const change = `Add ${user.username} to a rule that has ${rightName(needs)} on ${place} or above it.`
    return [refuses('rule', `No rule that speaks to ${user.username} covers ${place}.`, { change })]
  }
  const teams = hearing.teamsToShow(decisive)
  return [
    teamLink(teams),
    ruleLink(decisive, { hearing, isShown: teams !== undefined }),
    permissionLink(heard, hearing),
  ]
}

function teamLink(teams: readonly NamedTeam[] | undefined): Link {
  const team = teams?.at(-1)
  if (!teams || !team) return allows('team', 'A team has the place among its resources.')
  return allows('team', `The team ${team.name} has the place among its resources.`, { ...team, teams })
}

interface Shown {
  readonly hearing: Hearing
  readonly isShown: boolean
}

function ruleLink({ rule }: ModelPermission, { hearing, isShown }: Shown): Link {
  const named = isShown ? { id: rule.id, name: rule.name } : {}
  const label = isShown ? `The rule ${rule.name}` : 'A rule'
  const whom = { members: hearing.user.username, authenticated: 'whoever is signed in', everyone: 'everyone' }
  return allows('rule', `${label} speaks of ${whom[rule.audience]}.`, named)
}

function permissionLink(heard: Explanation, hearing: Hearing): Link {
  const [decisive] = heard.by
  const { needs } = hearing
  const path = heard.path ?? '/'
  const isShown = decisive !== undefined && hearing.teamsToShow(decisive) !== undefined
  const about = { path, ...(isShown && { id: decisive.id }) }
  const because = `${rightName(heard.right)} is said at ${path}${othersSaying(heard)}.`
  if (heard.right >= needs) return allows('permission', because, about)
  return refuses('permission', because, { ...about, change: whatWouldHelp(heard, hearing) })
}

function othersSaying({ by, audience }: Explanation): string {
  const others = by.length - 1
  const whom = audience === 'members' ? '' : ` to ${audience === 'everyone' ? 'everyone' : 'whoever is signed in'}`
  if (others === 0) return whom
  return `${whom}, ${others} more ${others === 1 ? 'permission says' : 'permissions say'} the same`
}

/** A narrower audience counts more, and for the same audience a nearer path; within both a denial counts most. */
function whatWouldHelp({ right, audience, path, by }: Explanation, { user, needs, teamsToShow }: Hearing): string {
  const [decisive] = by
  const rule = decisive && teamsToShow(decisive) ? `the rule ${decisive.rule.name}` : 'a rule'
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
