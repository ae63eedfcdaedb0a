import { requireFlag } from '../../kernel/access.ts'
import { defineErrors } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'

/** A Subversion repository known by name; or a data source that a team hands out, which is named like `datasource:5`. */
export interface Repository {
  readonly id: string
  /** Unique in the whole installation: it names the published file and the directory on the Subversion hosts. */
  readonly name: string
  readonly description: string | null
  readonly type: 'SVN' | 'DATASOURCE'
}

export const repositoryErrors = defineErrors('repository', {
  not_found: { kind: 'not_found', message: (id: string) => `There is no repository ${id}.` },
  bad_name: {
    kind: 'invalid',
    message: (name: string) =>
      `name: "${name}" cannot be a repository's name: letters, digits, dot, underscore and hyphen, and not dots alone.`,
  },
  name_taken: {
    kind: 'invalid',
    message: (name: string) => `name: there is a repository "${name}" in this installation already.`,
  },
})

const NAME = /^(?!\.+$)[A-Za-z0-9._-]{1,128}$/

/** Refuses names that cannot name a directory and a published file. */
export function parseRepositoryName(text: string): string {
  if (!NAME.test(text)) throw repositoryErrors.bad_name(text)
  return text
}

export function assertMayViewRepositories(caller: Principal): void {
  requireFlag(caller, 'allow_modify_teams', 'allow_view_users')
}

export function assertMayChangeRepositories(caller: Principal): void {
  requireFlag(caller, 'allow_modify_teams')
}
