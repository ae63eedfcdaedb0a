import fc from 'fast-check'
import type {
  Changes,
  MembersChange,
  ModelChanges,
  ModelFacts,
  PermissionFact,
  RuleFact,
  TeamFact,
  UserFact,
} from '../../features/decisions/model-facts.ts'
import type { RepositoryRights } from '../../features/rules/index.ts'

const idsOf = (letter: string, count: number) => Array.from({ length: count }, (_, n) => `${letter}${n}`)

const USERS = idsOf('user', 8)
const TEAMS = idsOf('team', 5)
const RULES = idsOf('rule', 10)
const PERMISSIONS = idsOf('permission', 24)
/** Few, so that rules meet; `/a-b` sorts between `/a` and `/a/b`, and is below neither. */
const SPOKEN_PATHS = ['/', '/a', '/a/b', '/a/b/c', '/a-b', '/a-b/c', '/d e']

export const REPOSITORIES = [
  { id: 'repository0', name: 'alpha' },
  { id: 'repository1', name: 'datasource:1' },
] as const
/** Paths that rules speak of, and some below and beside them. */
export const ASKED_PATHS = [...SPOKEN_PATHS, '/a/b/c/d', '/a-', '/e']

/** Something of each id, for some of the ids. */
function some<T>(ids: readonly string[], makeOne: (id: string) => fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.subarray([...ids]).chain((chosen) => fc.tuple(...chosen.map(makeOne)))
}

/** A team lies below one made before it. */
const teams = fc.tuple(
  ...TEAMS.map((id, n): fc.Arbitrary<TeamFact> => {
    const parent = fc.constantFrom(undefined, ...TEAMS.slice(0, n))
    return fc.record({ id: fc.constant(id), name: fc.constantFrom('Core', 'Docs'), parent })
  }),
)

const users = fc.tuple(
  ...USERS.map((id): fc.Arbitrary<UserFact> => {
    return fc.record({
      id: fc.constant(id),
      username: fc.constant(`name of ${id}`),
      enabled: fc.constantFrom(true, true, true, false),
    })
  }),
)

const rules = some(RULES, (id) =>
  fc.record({
    id: fc.constant(id),
    name: fc.constantFrom('read', 'write'),
    team: fc.constantFrom(...TEAMS),
    audience: fc.constantFrom('members', 'members', 'members', 'authenticated', 'everyone'),
  }),
)

function permissionsOf(known: readonly RuleFact[]): fc.Arbitrary<PermissionFact[]> {
  if (known.length === 0) return fc.constant([])
  return some(PERMISSIONS, (id) =>
    fc.record({
      id: fc.constant(id),
      rule: fc.constantFrom(...known.map((rule) => rule.id)),
      repository: fc.constantFrom(...REPOSITORIES.map((repository) => repository.id)),
      type: fc.constantFrom('READ', 'READ', 'READ_WRITE', 'NONE'),
      path: fc.constantFrom(...SPOKEN_PATHS),
    }),
  )
}

/** A small model in which rules meet, deny, and speak of the same users by different ways. */
export const randomFacts: fc.Arbitrary<ModelFacts> = rules.chain((known) =>
  fc.record({
    users,
    teams,
    rules: fc.constant(known),
    repositories: fc.constant(REPOSITORIES),
    permissions: permissionsOf(known),
    members: fc.tuple(
      ...known.map(({ id }) => fc.record({ rule: fc.constant(id), users: fc.subarray([...USERS], { minLength: 1 }) })),
    ),
  }),
)

/** What leads from one model to another: what is told as changed need not differ. */
export function changesBetween(before: ModelFacts, after: ModelFacts): ModelChanges {
  return {
    users: after.users,
    repositories: after.repositories,
    teams: partsBetween(before.teams, after.teams),
    rules: partsBetween(before.rules, after.rules),
    permissions: partsBetween(before.permissions, after.permissions),
    members: membersBetween(before, after),
  }
}

function partsBetween<Fact extends { readonly id: string }>(
  before: readonly Fact[],
  after: readonly Fact[],
): Changes<Fact> {
  const kept = new Set(after.map(({ id }) => id))
  return { made: after, gone: before.map(({ id }) => id).filter((id) => !kept.has(id)) }
}

function membersBetween(before: ModelFacts, after: ModelFacts): MembersChange[] {
  const usersBefore = new Map(before.members.map(({ rule, users }) => [rule, users]))
  const usersAfter = new Map(after.members.map(({ rule, users }) => [rule, users]))
  return after.rules.map(({ id: rule }) => {
    const [old, now] = [new Set(usersBefore.get(rule)), new Set(usersAfter.get(rule))]
    return { rule, added: [...now.difference(old)], removed: [...old.difference(now)] }
  })
}

/** What a model's rules say of one repository, with the ids or the names of users. */
export function rightsIn(facts: ModelFacts, repository: string, nameBy: 'id' | 'username'): RepositoryRights {
  const { rules, permissions, members } = facts
  const id = REPOSITORIES.find(({ name }) => name === repository)?.id
  const names = new Map(facts.users.map((user) => [user.id, user[nameBy]]))
  return {
    disabled: facts.users.filter(({ enabled }) => !enabled).map((user) => user[nameBy]),
    statements: permissions
      .filter((permission) => permission.repository === id)
      .map(({ rule, type, path }) => ({
        path,
        permissionType: type,
        audience: rules.find((each) => each.id === rule)?.audience ?? 'members',
        members: members.find((each) => each.rule === rule)?.users.map((user) => names.get(user) ?? user) ?? [],
      })),
  }
}
