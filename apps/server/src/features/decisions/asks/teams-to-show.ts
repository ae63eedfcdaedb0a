import type { CompiledModel } from '../compiled/compiled-model.ts'
import type { ModelPermission } from '../compiled/model-parts.ts'
import type { Standing } from './ask-policy.ts'
import type { NamedTeam } from './link.ts'

/** Who is told about whom. */
export interface Audience {
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
  { model, standing, led, isSelf }: Audience,
  { rule }: ModelPermission,
): readonly NamedTeam[] | undefined {
  const teams = model.teamPathOf(rule).map(({ id, name }) => ({ id, name }))
  if (standing === 'viewer') return teams
  if (isSelf && rule.audience === 'members') return teams
  const first = teams.findIndex(({ id }) => led.has(id))
  return first === -1 ? undefined : teams.slice(first)
}
