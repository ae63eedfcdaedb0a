import type { ModelFacts } from '../../apps/server/src/features/decisions/model-facts.ts'

/** What a rule grants, in names and without ids, as peers are given it. */
export interface Grant {
  readonly rule: string
  readonly repository: string
  readonly path: string
}

export interface Membership {
  readonly username: string
  readonly rule: string
}

/** The same rules for peers: without denials, whoever is granted anything at or above a path may read there. */
export function plainGrants(facts: ModelFacts): { grants: Grant[]; memberships: Membership[] } {
  const repositories = new Map(facts.repositories.map(({ id, name }) => [id, name]))
  const usernames = new Map(facts.users.filter(({ enabled }) => enabled).map(({ id, username }) => [id, username]))
  return {
    grants: facts.permissions.map(({ rule, repository, path }) => ({
      rule,
      repository: repositories.get(repository) ?? '',
      path,
    })),
    memberships: facts.members.flatMap(({ rule, users }) =>
      users.flatMap((id) => {
        const username = usernames.get(id)
        return username === undefined ? [] : [{ username, rule }]
      }),
    ),
  }
}
