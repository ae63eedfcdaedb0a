import { defineErrors } from '../../kernel/errors.ts'
import { type Conditional, versionOf } from '../../kernel/version.ts'
import type { Audience, PermissionType } from './statement.ts'

/** Within a team: its members, or a wider audience, have these permissions on these paths. */
export interface Rule {
  readonly id: string
  readonly ruleName: string
  readonly description: string | null
  readonly ownerTeam: string
  readonly audience: Audience
}

/** Which rule: its own id and its team's. */
export interface RuleInTeam {
  readonly teamId: string
  readonly ruleId: string
}

/** A rule that is to be deleted. */
export type RuleDeletion = RuleInTeam & Conditional

/** Which version of itself a rule is: what it is called and of whom it speaks. Its members and permissions are not it. */
export function versionOfRule({ id, ruleName, description, ownerTeam, audience }: Rule): string {
  return versionOf([id, ruleName, description, ownerTeam, audience])
}

/** What a rule says of one path. */
export interface ResourcePermission {
  readonly id: string
  readonly permissionType: PermissionType
  /** Relative to the resource, as it was sent: `` for the resource itself. */
  readonly path: string
  readonly ownerRule: string
  readonly ownerResource: string
}

export const ruleErrors = defineErrors('rule', {
  not_found: { kind: 'not_found', message: (id: string) => `There is no rule ${id} in this team.` },
  unknown_ids: { kind: 'not_found', message: (ids: readonly string[]) => `id: there is no rule ${ids.join(', ')}.` },
  other_id: {
    kind: 'invalid',
    message: (id: string) => `id: it is not the id in the path; leave it out or send ${id}.`,
  },
  bad_name: {
    kind: 'invalid',
    message: (name: string) =>
      `ruleName: "${name}" cannot be a rule's name: it must be printable, without blanks at its ends.`,
  },
  name_taken: { kind: 'invalid', message: (name: string) => `ruleName: the team has a rule "${name}" already.` },
  other_team: { kind: 'invalid', message: () => 'ownerTeam: it is not the team in the path; leave it out.' },
  other_rule: {
    kind: 'invalid',
    message: (index: number) => `DTOs[${index}].ownerRule: it is not the rule in the path; leave it out.`,
  },
  not_team_members: {
    kind: 'invalid',
    message: (ids: readonly string[]) => `ids: ${ids.join(', ')} must be members of the team first.`,
  },
  not_in_rule: {
    kind: 'not_found',
    message: (ids: readonly string[]) => `ids: the rule has no member ${ids.join(', ')}.`,
  },
  unknown_resources: {
    kind: 'not_found',
    message: (ids: readonly string[]) => `ownerResource: the team has no resource ${ids.join(', ')}.`,
  },
  unknown_permissions: {
    kind: 'not_found',
    message: (ids: readonly string[]) => `There is no permission ${ids.join(', ')} in this rule.`,
  },
  permission_twice: {
    kind: 'invalid',
    message: (index: number) => `DTOs[${index}].id: the request changes this permission already.`,
  },
  whole_data_source: {
    kind: 'invalid',
    message: (index: number) => `DTOs[${index}].path: a data source has no paths; leave it out.`,
  },
  permission_taken: {
    kind: 'invalid',
    message: (index: number, path: string) =>
      `DTOs[${index}].path: the rule says something of ${path} through this resource already.`,
  },
})

/** The repository path a permission speaks of: that of its resource, with its own below. */
export function effectivePath(resourcePath: string, relative: string): string {
  const below = relative.startsWith('/') ? relative.slice(1) : relative
  if (below === '') return resourcePath
  return resourcePath === '/' ? `/${below}` : `${resourcePath}/${below}`
}
