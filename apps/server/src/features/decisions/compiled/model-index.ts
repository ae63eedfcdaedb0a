import { RIGHT_OF } from '../../rules/index.ts'
import type { PermissionFact, RepositoryFact, RuleFact, TeamFact, UserFact } from '../model-facts.ts'
import {
  type ModelPermission,
  type ModelRepository,
  type ModelRule,
  type ModelTeam,
  type ModelUser,
  permissionsAt,
} from './model-parts.ts'
import { NumberSets } from './number-sets.ts'
import { SpokenPath } from './spoken-path.ts'
import { SpokenPaths } from './spoken-paths.ts'

/** The parts of a model and every way in to them, kept right through each change of a part. */
export class ModelIndex {
  readonly users = new Map<string, ModelUser>()
  readonly usersByName = new Map<string, ModelUser>()
  readonly usersByNumber: ModelUser[] = []
  readonly teams = new Map<string, ModelTeam>()
  readonly rules = new Map<string, ModelRule>()
  /** With holes, where rules are gone. */
  readonly rulesByNumber: (ModelRule | undefined)[] = []
  /** Those that speak of more than their members. */
  readonly wideRules = new Set<ModelRule>()
  readonly repositories = new Map<string, ModelRepository>()
  readonly repositoriesByName = new Map<string, ModelRepository>()
  readonly permissions = new Map<string, ModelPermission>()
  /** Of each rule the users that it names. */
  membersOf = NumberSets.of([])
  /** Of each user the rules that name them. */
  rulesOf = NumberSets.of([])
  readonly #freeNumbers: number[] = []

  putUser({ id, username, enabled }: UserFact): void {
    const known = this.users.get(id)
    if (known) {
      known.enabled = enabled
      return
    }
    const user = { number: this.usersByNumber.length, id, username, enabled }
    this.users.set(id, user)
    this.usersByName.set(username, user)
    this.usersByNumber.push(user)
  }

  putRepository({ id, name }: RepositoryFact): void {
    if (this.repositories.has(id)) return
    const repository: ModelRepository = { id, name, spoken: new SpokenPaths() }
    this.repositories.set(id, repository)
    this.repositoriesByName.set(name, repository)
  }

  putTeam({ id, name, parent }: TeamFact): void {
    this.teams.set(id, { id, name, parent })
  }

  putRule({ id, name, team, audience }: RuleFact): void {
    const known = this.rules.get(id)
    if (known) {
      Object.assign(known, { name, team })
      this.#setAudience(known, audience)
      return
    }
    const number = this.#freeNumbers.pop() ?? this.rulesByNumber.length
    const rule: ModelRule = { number, id, name, team, audience, permissions: [] }
    this.rules.set(id, rule)
    this.rulesByNumber[number] = rule
    if (audience !== 'members') this.wideRules.add(rule)
  }

  removeRule(id: string): void {
    const rule = this.rules.get(id)
    if (!rule) return
    for (const permission of [...rule.permissions]) this.removePermission(permission.id)
    for (const user of this.membersOf.membersOf(rule.number)) this.rulesOf.remove(user, rule.number)
    this.membersOf.clear(rule.number)
    this.rules.delete(id)
    this.wideRules.delete(rule)
    this.rulesByNumber[rule.number] = undefined
    this.#freeNumbers.push(rule.number)
  }

  /** Throws for a rule or repository that is not there. */
  putPermission(fact: PermissionFact): void {
    this.removePermission(fact.id)
    const permission = this.makePermission(fact)
    const { rule, repository, path } = permission
    const spoken = repository.spoken.get(path)
    if (spoken) spoken.hear(rule, permissionsAt(rule, { repository, path }))
    else repository.spoken.add(new SpokenPath(path, [permission]))
  }

  /** Leaves it to the caller that its path hears it. */
  makePermission(fact: PermissionFact): ModelPermission {
    const rule = known(this.rules.get(fact.rule), 'rule', fact.rule)
    const repository = known(this.repositories.get(fact.repository), 'repository', fact.repository)
    const permission = { id: fact.id, rule, repository, path: fact.path, right: RIGHT_OF[fact.type] }
    this.permissions.set(fact.id, permission)
    rule.permissions.push(permission)
    return permission
  }

  removePermission(id: string): void {
    const permission = this.permissions.get(id)
    if (!permission) return
    const { rule, repository, path } = permission
    this.permissions.delete(id)
    rule.permissions.splice(rule.permissions.indexOf(permission), 1)
    const spoken = repository.spoken.get(path)
    spoken?.hear(rule, permissionsAt(rule, { repository, path }))
    if (spoken?.isSilent) repository.spoken.delete(spoken)
  }

  addMembers({ number }: ModelRule, users: readonly ModelUser[]): void {
    if (users.length === 0) return
    this.membersOf.addAll(number, numbersOf(users))
    for (const user of users) this.rulesOf.add(user.number, number)
  }

  removeMembers({ number }: ModelRule, users: readonly ModelUser[]): void {
    if (users.length === 0) return
    this.membersOf.removeAll(number, numbersOf(users))
    for (const user of users) this.rulesOf.remove(user.number, number)
  }

  #setAudience(rule: ModelRule, audience: ModelRule['audience']): void {
    if (rule.audience === audience) return
    rule.audience = audience
    if (audience === 'members') this.wideRules.delete(rule)
    else this.wideRules.add(rule)
    for (const { repository, path } of rule.permissions) {
      repository.spoken.get(path)?.hear(rule, permissionsAt(rule, { repository, path }))
    }
  }
}

function numbersOf(users: readonly ModelUser[]): Uint32Array {
  return Uint32Array.from(users, ({ number }) => number)
}

/** What facts name must be among them: a part that is missing would silently give or take rights. */
export function known<T>(part: T | undefined, what: string, id: string): T {
  if (part === undefined) throw new Error(`The model speaks of a ${what} that is not in it: ${id}.`)
  return part
}
