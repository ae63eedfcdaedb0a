import { requireFlag } from '../../kernel/access.ts'
import { defineErrors } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { versionOf } from '../../kernel/version.ts'

/** A set of users with resources and rules, in a tree. */
export interface Team {
  readonly id: string
  readonly name: string
  readonly description: string | null
  /** The team above; null for a root team. */
  readonly parentTeam: string | null
  readonly ldapAuthority: string | null
  readonly ldapFilter: string | null
}

/** Which version of itself a team is: what it is called, where it is and where its members come from. */
export function versionOfTeam({ id, name, description, parentTeam, ldapAuthority, ldapFilter }: Team): string {
  return versionOf([id, name, description, parentTeam, ldapAuthority, ldapFilter])
}

export const teamErrors = defineErrors('team', {
  not_found: { kind: 'not_found', message: (id: string) => `There is no team ${id}.` },
  unknown_ids: { kind: 'not_found', message: (ids: readonly string[]) => `id: there is no team ${ids.join(', ')}.` },
  unknown_parent: { kind: 'not_found', message: (id: string) => `parentTeam: there is no team ${id}.` },
  other_id: {
    kind: 'invalid',
    message: (id: string) => `id: it is not the id in the path; leave it out or send ${id}.`,
  },
  bad_name: {
    kind: 'invalid',
    message: (name: string) =>
      `name: "${name}" cannot be a team's name: it must be printable, without blanks at its ends.`,
  },
  name_taken: {
    kind: 'invalid',
    message: (name: string) => `name: there is a team "${name}" beside it already.`,
  },
  under_itself: {
    kind: 'invalid',
    message: () => 'parentTeam: a team cannot be moved to itself or to a team below it.',
  },
  resources_outside: {
    kind: 'invalid',
    message: (paths: readonly string[]) =>
      `parentTeam: the new parent has no resource at or above ${paths.join(', ')}, which the team hands out.`,
  },
  other_parent: {
    kind: 'invalid',
    message: (id: string) => `parentTeam: it is not the team in the path; leave it out or send ${id}.`,
  },
  members_from_directory: {
    kind: 'invalid',
    message: (name: string) =>
      `The members of "${name}" come from its directory query, and are not changed in another way.`,
  },
  unknown_authority: {
    kind: 'invalid',
    message: (id: string) => `ldapAuthority: there is no LDAP authority ${id}.`,
  },
  half_a_query: {
    kind: 'invalid',
    message: () => 'ldapAuthority and ldapFilter go together; send both, or neither.',
  },
})

const PRINTABLE = /^[^\p{C}\p{Z}](?:[^\p{C}\p{Zl}\p{Zp}]*[^\p{C}\p{Z}])?$/u

/** True of names without control characters and without blanks at their ends. */
export function isPrintableName(text: string): boolean {
  return PRINTABLE.test(text)
}

export function parseTeamName(text: string): string {
  if (!isPrintableName(text)) throw teamErrors.bad_name(text)
  return text
}

/** What makes two names the same among siblings: Unicode compatibility and case do not count. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase()
}

export function assertMayViewTeams(caller: Principal): void {
  requireFlag(caller, 'allow_modify_teams', 'allow_view_users')
}

export function assertMayChangeTeams(caller: Principal): void {
  requireFlag(caller, 'allow_modify_teams')
}
