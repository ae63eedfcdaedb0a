import type { ImportPlan } from '@portreeve/client'

type Team = ImportPlan['teams'][number]
type Rule = Team['rules'][number]

const NAMES_SPELT_OUT = 8

/** A plan as a person reads it: what would be made, what is left out, and what stands in the way. */
export function describeImport(plan: ImportPlan): string {
  const { counts, repositoryName, team, newUsers, knownUsers } = plan
  const lines = [
    `Import into ${repositoryName}: ${Object.entries(counts)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ')}.`,
    `Users to create: ${spellOut(newUsers)}. Known already: ${spellOut(knownUsers)}.`,
    '',
    `Team "${team}" hands out ${plan.resources.join(', ') || 'nothing'}`,
    ...plan.teams.flatMap(describeTeam),
    ...listed('Left out, since rules cannot say it', plan.unexpressed),
    ...listed('To know', messages(plan.warnings)),
    ...listed('In the way', messages(plan.obstacles)),
  ]
  return `${lines.join('\n')}\n`
}

function describeTeam({ name, members, rules }: Team): string[] {
  return [`  Team "${name}": ${spellOut(members)}`, ...rules.flatMap(describeRule)]
}

function describeRule({ ruleName, audience, permissions }: Rule): string[] {
  const who = audience === 'members' ? '' : ` (${audience})`
  return [
    `    Rule "${ruleName}"${who}`,
    ...permissions.map(({ permissionType, path }) => `      ${permissionType} ${path}`),
  ]
}

function listed(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['', `${title}:`, ...items.map((item) => `- ${item}`)]
}

function messages(reasons: ImportPlan['warnings']): string[] {
  return reasons.map(({ message }) => message)
}

function spellOut(names: readonly string[]): string {
  const more = names.length - NAMES_SPELT_OUT
  if (names.length === 0) return 'none'
  return `${names.slice(0, NAMES_SPELT_OUT).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
