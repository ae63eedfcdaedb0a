import type { ModelView } from '../../kernel/model-state.ts'
import { STILL } from '../../platform/database/version-rows.ts'
import type { RuleScope } from './rule-store.ts'

/**
 * The teams that user `$1` leads and those below, at the head whatever state is looked at: as with every other look at a
 * team, who may is decided there. As an array, so that the rules are read through the index of their teams.
 */
const LED_TEAMS = `array(
  with recursive led as (
    select team_id from leader_version where user_id = $1 and until = ${STILL}
    union
    select version.team_id from led join team_version version
    on version.parent_id = led.team_id and version.until = ${STILL})
  select team_id from led)`

/** Conditions on version rows of rules, each over the one value `$1`. */
const RULE_SCOPES = {
  organisation: 'organisation_id = $1',
  led: `team_id = any(${LED_TEAMS})`,
  team: 'team_id = $1',
} as const

export type ScopeName = keyof typeof RULE_SCOPES

/** What `make` makes of each of the conditions. */
export function forEachScope<T>(make: (name: ScopeName, condition: string) => T): Readonly<Record<ScopeName, T>> {
  const { organisation, led, team } = RULE_SCOPES
  return {
    organisation: make('organisation', organisation),
    led: make('led', led),
    team: make('team', team),
  }
}

/** Which condition the scope is, and its `$1`. */
export function nameScope(view: ModelView, scope: RuleScope): readonly [ScopeName, number | string] {
  if (scope === 'all') return ['organisation', view.organisation]
  return 'team' in scope ? ['team', scope.team] : ['led', scope.ledBy]
}
