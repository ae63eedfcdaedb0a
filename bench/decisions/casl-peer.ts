import { createMongoAbility, type MongoAbility } from '@casl/ability'
import type { ModelFacts } from '../../apps/server/src/features/decisions/model-facts.ts'
import { isAtOrBelow } from './is-at-or-below.ts'
import { type Grant, plainGrants } from './plain-grants.ts'
import type { SampleQuestion } from './sample-facts.ts'

/** An ability for each user with the rules that name them: repositories are its subjects, paths its fields. */
export class Abilities {
  readonly #grantsOf: ReadonlyMap<string, readonly Grant[]>
  readonly #made = new Map<string, MongoAbility>()

  constructor(facts: ModelFacts) {
    const { grants, memberships } = plainGrants(facts)
    const grantsOfRule = Map.groupBy(grants, ({ rule }) => rule)
    const rulesOf = Map.groupBy(memberships, ({ username }) => username)
    this.#grantsOf = new Map(
      Array.from(rulesOf, ([username, rules]) => [username, rules.flatMap(({ rule }) => grantsOfRule.get(rule) ?? [])]),
    )
  }

  /** With the ability of whoever was asked about before at hand. */
  ask({ username, repository, path }: SampleQuestion): boolean {
    let ability = this.#made.get(username)
    if (!ability) {
      ability = this.#make(username)
      this.#made.set(username, ability)
    }
    return ability.can('read', repository, path)
  }

  /** With an ability made for the one question. */
  askAnew({ username, repository, path }: SampleQuestion): boolean {
    return this.#make(username).can('read', repository, path)
  }

  #make(username: string): MongoAbility {
    const grants = this.#grantsOf.get(username) ?? []
    return createMongoAbility(
      grants.map(({ repository, path }) => ({ action: 'read', subject: repository, fields: [path] })),
      { fieldMatcher: (fields) => (field) => fields.some((spoken) => isAtOrBelow(field, spoken)) },
    )
  }
}
