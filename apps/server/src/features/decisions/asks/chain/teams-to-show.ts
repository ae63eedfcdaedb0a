import type { CompiledModel } from '../../compiled/compiled-model.ts'
import type { Explanation } from '../../compiled/explain-right.ts'
import type { ModelPermission } from '../../compiled/model-parts.ts'
import type { Standing } from '../ask-policy.ts'
import type { NamedTeam } from './link.ts'

/** Who is told about whom. */
export interface Listener {
  readonly model: CompiledModel
  readonly standing: Standing
  /** The teams that the caller was made leader of. */
  readonly led: ReadonlySet<string>
  /** Whether they ask about themself. */
  readonly isSelf: boolean
}

/**
 * The teams of a permission's rule that the caller may see, the root first; undefined when neither they nor the rule are
 * theirs to see. Admins of users or teams see all, leaders their teams and those below, and everybody the rules that name them.
 */
export function teamsToShow(
  { model, standing, led, isSelf }: Listener,
  { rule }: ModelPermission,
): readonly NamedTeam[] | undefined {
  const teams = model.teamPathOf(rule).map(({ id, name }) => ({ id, name }))
  if (standing === 'viewer') return teams
  if (isSelf && rule.audience === 'members') return teams
  const first = teams.findIndex(({ id }) => led.has(id))
  return first === -1 ? undefined : teams.slice(first)
}

/** `teamsToShow` of one listener. */
export type ShowTeams = (permission: ModelPermission) => readonly NamedTeam[] | undefined

/** A permission that decides, with the teams of its rule that may be told. */
export interface Decisive {
  readonly permission: ModelPermission
  readonly teams: readonly NamedTeam[] | undefined
}

/** Of several that say the same, the first that the caller may be told of; undefined where there are none. */
export function decisiveOf({ by }: Explanation, toShow: ShowTeams): Decisive | undefined {
  for (const permission of by) {
    const teams = toShow(permission)
    if (teams) return { permission, teams }
  }
  const [first] = by
  return first && { permission: first, teams: undefined }
}
