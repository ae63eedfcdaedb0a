import type { Right } from '../../rules/index.ts'
import type { ModelChanges, ModelFacts } from '../model-facts.ts'
import { applyChanges } from './apply-changes.ts'
import { compileModel, compileModelGradually } from './compile-model.ts'
import { type Explanation, explainRight, teamPathOf } from './explain-right.ts'
import type { ModelIndex } from './model-index.ts'
import type { ModelRepository, ModelRule, ModelTeam, ModelUser, Spot } from './model-parts.ts'
import { rightOf } from './right-of.ts'
import { type Reached, whatReached } from './what-reached.ts'
import { rightsOfAll } from './who-reaches.ts'

/** Who reaches a path. */
export interface Reaching {
  /** Those who are enabled, by username. */
  readonly users: readonly ModelUser[]
  /** Whether whoever does not sign in does, too. */
  readonly anonymous: boolean
}

export interface ModelSize {
  readonly users: number
  readonly memberships: number
  readonly rules: number
  readonly permissions: number
  readonly paths: number
}

/**
 * The rules of one organisation in a form made for asking: one look takes microseconds, one change as much again. It answers
 * what `effectiveRight` answers. What it hands out are its own parts, which the next change may alter: read them at once.
 */
export class CompiledModel {
  readonly #index: ModelIndex
  #byName: ModelUser[] | undefined

  private constructor(index: ModelIndex) {
    this.#index = index
  }

  static compile(facts: ModelFacts): CompiledModel {
    return new CompiledModel(compileModel(facts))
  }

  static async compileGradually(facts: ModelFacts, breathe: () => Promise<void>): Promise<CompiledModel> {
    return new CompiledModel(await compileModelGradually(facts, breathe))
  }

  /** Whole, before anybody asks again. */
  apply(changes: ModelChanges): void {
    const before = this.#index.usersByNumber.length
    applyChanges(this.#index, changes)
    if (this.#index.usersByNumber.length > before) this.#byName = undefined
  }

  /** Alone by the id: a username may look like somebody's. */
  findUserById(id: string): ModelUser | undefined {
    return this.#index.users.get(id)
  }

  findUserNamed(username: string): ModelUser | undefined {
    return this.#index.usersByName.get(username)
  }

  findRepository(name: string): ModelRepository | undefined {
    return this.#index.repositoriesByName.get(name)
  }

  /** Undefined asks for an anonymous visitor. */
  rightOf(user: ModelUser | undefined, spot: Spot): Right {
    return rightOf(this.#index, user, spot)
  }

  explain(user: ModelUser | undefined, spot: Spot): Explanation {
    return explainRight(this.#index, user, spot)
  }

  teamPathOf(rule: ModelRule): ModelTeam[] {
    return teamPathOf(this.#index, rule)
  }

  who(spot: Spot, atLeast: Right): Reaching {
    const { rights, anonymous } = rightsOfAll(this.#index, spot)
    const users = this.#usersByName().filter((user) => user.enabled && (rights[user.number] ?? 0) >= atLeast)
    return { users, anonymous: anonymous >= atLeast }
  }

  what(user: ModelUser | undefined): Reached[] {
    return whatReached(this.#index, user)
  }

  get size(): ModelSize {
    const { users, membersOf, rules, permissions, repositories } = this.#index
    const paths = [...repositories.values()].reduce((sum, { spoken }) => sum + spoken.size, 0)
    return { users: users.size, memberships: membersOf.size, rules: rules.size, permissions: permissions.size, paths }
  }

  #usersByName(): readonly ModelUser[] {
    this.#byName ??= this.#index.usersByNumber.toSorted((a, b) => (a.username < b.username ? -1 : 1))
    return this.#byName
  }
}
