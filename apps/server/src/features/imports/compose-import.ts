import type { Access, PlannedRule, PlannedTeam, RepositoryImportPlan } from '@portreeve/svn-authz'
import type { IdSource } from '../../kernel/ids.ts'
import type { PermissionType } from '../rules/index.ts'
import type {
  ImportRows,
  ImportTarget,
  KnownUser,
  Pair,
  PermissionRow,
  ResourceRow,
  RuleRow,
  TeamRow,
} from './import-store.ts'
import { coveringPath, topmostPaths } from './resource-paths.ts'

export const PERMISSION_TYPES: Readonly<Record<Access, PermissionType>> = { rw: 'READ_WRITE', r: 'READ', no: 'NONE' }

export interface ImportParts {
  readonly plan: RepositoryImportPlan
  readonly repository: ImportTarget
  readonly team: { readonly id: string; readonly name: string }
  readonly known: readonly KnownUser[]
  readonly ids: IdSource
}

/**
 * The rows of an import: the file's teams as subteams of one new root team, which hands out what they need. So their
 * names collide with nobody's, the whole can be led, moved or deleted as one, and whoever leads it decides on its parts.
 */
export function composeImport(parts: ImportParts): ImportRows {
  return new Composition(parts).compose()
}

class Composition {
  readonly #parts: ImportParts
  readonly #people = new Map<string, number>()
  readonly #teams: TeamRow[] = []
  readonly #members: Pair[] = []
  readonly #resources: ResourceRow[] = []
  readonly #rules: RuleRow[] = []
  readonly #ruleMembers: Pair[] = []
  readonly #permissions: PermissionRow[] = []

  constructor(parts: ImportParts) {
    this.#parts = parts
  }

  compose(): ImportRows {
    const { plan, repository, known, ids, team } = this.#parts
    const knownIds = new Map(known.map(({ username, id }) => [username, id]))
    const people = plan.users.map((username) => knownIds.get(username) ?? ids.next())
    const newUsers = plan.users.flatMap((username, i) =>
      knownIds.has(username) ? [] : [{ id: people[i] ?? '', username }],
    )
    for (const [position, username] of plan.users.entries()) this.#people.set(username, position)
    this.#addRootTeam(plan.teams)
    for (const planned of plan.teams) this.#addTeam(planned, team.id)
    return {
      repository,
      newUsers,
      people,
      teams: this.#teams,
      members: this.#members,
      resources: this.#resources,
      rules: this.#rules,
      ruleMembers: this.#ruleMembers,
      permissions: this.#permissions,
    }
  }

  #addRootTeam(teams: readonly PlannedTeam[]): void {
    const { team, repository } = this.#parts
    const description = `Imported from the authz file of ${repository.name}.`
    this.#teams.push({ ...team, description, parentTeam: null })
    // A member of a subteam is a member of the team above.
    this.#addPairs(this.#members, 0, new Set(teams.flatMap(({ members }) => members)))
    for (const path of topmostPaths(teams)) this.#addResource(team.id, path)
  }

  #addTeam({ name, description, members, resources, rules }: PlannedTeam, parentTeam: string): void {
    const id = this.#parts.ids.next()
    this.#addPairs(this.#members, this.#teams.length, members)
    this.#teams.push({ id, name, description, parentTeam })
    const byPath = new Map(resources.map(({ path }) => [path, this.#addResource(id, path)]))
    for (const rule of rules) this.#addRule(id, rule, byPath)
  }

  #addResource(team: string, path: string): string {
    const id = this.#parts.ids.next()
    this.#resources.push({ id, team, path })
    return id
  }

  #addRule(
    team: string,
    { name, audience, access, members, places }: PlannedRule,
    resources: ReadonlyMap<string, string>,
  ): void {
    const id = this.#parts.ids.next()
    this.#addPairs(this.#ruleMembers, this.#rules.length, members)
    this.#rules.push({ id, team, name, audience })
    for (const { path } of places) {
      const covering = coveringPath(resources, path)
      this.#permissions.push({
        id: this.#parts.ids.next(),
        rule: id,
        resource: resources.get(covering) ?? '',
        type: PERMISSION_TYPES[access],
        path: path.slice(covering.length).replace(/^\//, ''),
        effectivePath: path,
      })
    }
  }

  #addPairs(pairs: Pair[], owner: number, usernames: Iterable<string>): void {
    for (const username of usernames) {
      const person = this.#people.get(username)
      if (person === undefined) throw new Error(`The plan names "${username}", who is not among its users.`)
      pairs.push([owner, person])
    }
  }
}
