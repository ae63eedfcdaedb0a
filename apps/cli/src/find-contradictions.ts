import type { ImportPlan, PlannedRule } from '@portreeve/svn-authz'
import { type ExistingModel, type ExistingRule, nameKey, placeKey } from './existing-model.ts'
import { PERMISSION_TYPES } from './permission-types.ts'

/** Where rules that exist already, under the names the plan wants, say something else than it does. */
export function findContradictions(plan: ImportPlan, existing: ExistingModel): string[] {
  return plan.teams.flatMap((team) => {
    const known = existing.teams.get(nameKey(team.name))
    return team.rules.flatMap((rule) => {
      const there = known?.rules.get(nameKey(rule.name))
      return there
        ? contradictionsOf(rule, there).map((what) => `Rule "${rule.name}" of team "${team.name}" ${what}.`)
        : []
    })
  })
}

function contradictionsOf(rule: PlannedRule, there: ExistingRule): string[] {
  const audience =
    there.audience === rule.audience ? [] : [`has the audience ${there.audience}, and would need ${rule.audience}`]
  const permissions = rule.places.flatMap(({ repository, path }) => {
    const type = there.permissions.get(placeKey(repository, path))
    const wanted = PERMISSION_TYPES[rule.access]
    return type === undefined || type === wanted
      ? []
      : [`says ${type} of ${repository}:${path}, and would need ${wanted}`]
  })
  return [...audience, ...permissions]
}
