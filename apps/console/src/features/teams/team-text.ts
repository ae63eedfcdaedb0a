import type { NewTeam, Team } from '@portreeve/client'
import { counted } from '../../parts/counted.ts'

/** How much belongs to a team. */
export interface TeamParts {
  readonly users?: number
  readonly subteams?: number
  readonly rules?: number
  readonly resources?: number
}

/** `1 member, 2 teams directly below it, 0 rules and 3 resources` */
export function textOfParts({ users = 0, subteams = 0, rules = 0, resources = 0 }: TeamParts): string {
  const parts = [
    counted(users, 'member', 'members'),
    counted(subteams, 'team directly below it', 'teams directly below it'),
    counted(rules, 'rule', 'rules'),
  ]
  return `${parts.join(', ')} and ${counted(resources, 'resource', 'resources')}`
}

/** A team as it is sent back: what a change leaves out is cleared. */
export function toTeamBody({ id: _id, ...team }: Team): NewTeam {
  return team
}
