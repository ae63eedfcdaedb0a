import { isExpressiblePath, isLongPath, LONGEST_PATH_BYTES } from '@portreeve/svn-authz'
import { defineErrors } from '../../../kernel/errors.ts'

/** A repository path, or a data source, that a team may hand out. */
export interface Resource {
  readonly id: string
  /** Of a data source: `datasource:<its id>`. */
  readonly repositoryName: string
  /** From the root of the repository, as Subversion writes it: `/`, `/trunk`, never with a slash at its end. */
  readonly path: string
  readonly ownerTeam: string
}

/** What a team could still be given: of the team above, or, for a root team, a repository from its root. */
export interface AvailableResource extends Pick<Resource, 'repositoryName' | 'path'> {
  readonly id: string | null
  readonly ownerTeam: string | null
}

export const resourceErrors = defineErrors('resource', {
  not_found: { kind: 'not_found', message: (id: string) => `There is no resource ${id} in this team.` },
  unknown_ids: {
    kind: 'not_found',
    message: (ids: readonly string[]) => `ids: the team has no resource ${ids.join(', ')}.`,
  },
  unknown_repository: {
    kind: 'invalid',
    message: (name: string) =>
      `repositoryName: there is no repository "${name}" in this organisation; a data source is named datasource:<its id>.`,
  },
  bad_path: {
    kind: 'invalid',
    message: (path: string) =>
      `path: "${path}" is not a path an authz file can hold: it starts with /, has no / at its end, no //, no . or .. in it, no ] and no control character.`,
  },
  long_path: {
    kind: 'invalid',
    message: (bytes: number) => `path: from the root of the repository it is longer than ${bytes} bytes of UTF-8.`,
  },
  whole_data_source: { kind: 'invalid', message: () => 'path: a data source has no paths; leave it out.' },
  taken: {
    kind: 'invalid',
    message: (repository: string, path: string) => `path: the team has ${repository}:${path} already.`,
  },
  outside_parent: {
    kind: 'invalid',
    message: (repository: string, path: string) =>
      `path: the team above has no resource at or above ${repository}:${path}.`,
  },
  other_team: { kind: 'invalid', message: () => 'ownerTeam: it is not the team in the path; leave it out.' },
})

/** Refuses paths that no authz file can hold (`]`), that Subversion has no such spelling of, or that no index holds, before anything is built on them. */
export function parseRepositoryPath(text: string): string {
  if (!isExpressiblePath(text)) throw resourceErrors.bad_path(text)
  if (isLongPath(text)) throw resourceErrors.long_path(LONGEST_PATH_BYTES)
  return text
}
