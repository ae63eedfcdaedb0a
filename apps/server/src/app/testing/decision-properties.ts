import assert from 'node:assert/strict'
import fc from 'fast-check'
import { CompiledModel } from '../../features/decisions/compiled/compiled-model.ts'
import { DecisionModels } from '../../features/decisions/freshness/decision-models.ts'
import {
  type ModelSource,
  type ReadAt,
  revisionOf,
  type StateName,
} from '../../features/decisions/freshness/model-source.ts'
import type { ModelFacts } from '../../features/decisions/model-facts.ts'
import { effectiveRight, NONE, READ, READ_WRITE, RIGHT_OF, type Right } from '../../features/rules/index.ts'
import type { Revisions } from '../../kernel/model-state.ts'
import { ASKED_PATHS, changesBetween, REPOSITORIES, randomFacts, rightsIn } from './random-facts.ts'

/** What holds of every compiled model, whatever its rules: each is a property, and so many checks a run. */
export interface DecisionProperty {
  readonly guarantee: string
  readonly checksARun: number
  readonly property: fc.IProperty<[ModelFacts[]]> | fc.IAsyncProperty<[ModelFacts[]]>
}

const USERS_ASKED = 9
const CHECKS_A_MODEL = USERS_ASKED * ASKED_PATHS.length * REPOSITORIES.length

/** States of a database, one after the other. */
const MODELS_KEPT = 3

export const DECISION_PROPERTIES: readonly DecisionProperty[] = [
  {
    guarantee: 'a compiled model answers what the plain reading of its rules answers',
    checksARun: CHECKS_A_MODEL,
    property: ofModels(1, ([facts]) => {
      const model = CompiledModel.compile(facts)
      for (const question of questions(facts))
        assert.equal(ask(model, question), plainly(facts, question), tell(question))
    }),
  },
  {
    guarantee: 'a model that was changed, whatever the changes, answers as one compiled from nothing, and is as large',
    checksARun: 4 * CHECKS_A_MODEL,
    property: ofModels(4, ([first, ...later]) => {
      const model = CompiledModel.compile(first)
      let before = first
      for (const after of later) {
        const changes = changesBetween(before, after)
        model.apply(changes)
        model.apply(changes)
        const anew = CompiledModel.compile(after)
        assert.deepEqual(model.size, anew.size)
        for (const question of questions(after)) assert.equal(ask(model, question), ask(anew, question), tell(question))
        before = after
      }
    }),
  },
  {
    guarantee: 'who reaches a path are those who may when each is asked about',
    checksARun: CHECKS_A_MODEL,
    property: ofModels(1, ([facts]) => assertWho(facts, CompiledModel.compile(facts))),
  },
  {
    guarantee: 'what a user reaches are the paths where something is said to them, and decides all below',
    checksARun: CHECKS_A_MODEL,
    property: ofModels(1, ([facts]) => assertWhat(facts, CompiledModel.compile(facts))),
  },
  {
    guarantee: 'an explanation gives the same right, by permissions without which something else decides',
    checksARun: CHECKS_A_MODEL,
    property: ofModels(1, ([facts]) => assertExplained(facts, CompiledModel.compile(facts))),
  },
  {
    guarantee: 'an answer of a model that is kept is the one that a model made for that question alone gives',
    checksARun: 2 * MODELS_KEPT * CHECKS_A_MODEL,
    property: fc.asyncProperty(
      fc.array(randomFacts, { minLength: MODELS_KEPT, maxLength: MODELS_KEPT }),
      assertCachedIsUncached,
    ),
  },
]

interface Question {
  /** An id; undefined for an anonymous visitor. */
  readonly user: string | undefined
  readonly repository: string
  readonly path: string
}

function ofModels(count: number, assertHolds: (models: readonly [ModelFacts, ...ModelFacts[]]) => void) {
  return fc.property(fc.array(randomFacts, { minLength: count, maxLength: count }), ([first, ...others]) => {
    if (first) assertHolds([first, ...others])
  })
}

function questions({ users }: ModelFacts): Question[] {
  const asked = [undefined, ...users.map(({ id }) => id)]
  return REPOSITORIES.flatMap(({ name: repository }) =>
    ASKED_PATHS.flatMap((path) => asked.map((user) => ({ user, repository, path }))),
  )
}

function tell({ user = 'an anonymous visitor', repository, path }: Question): string {
  return `${user} at ${repository}:${path}`
}

function spotOf(model: CompiledModel, { user, repository, path }: Question) {
  const found = model.findRepository(repository)
  assert.ok(found)
  return { user: user === undefined ? undefined : model.findUserById(user), spot: { repository: found, path } }
}

function ask(model: CompiledModel, question: Question): Right {
  const { user, spot } = spotOf(model, question)
  return model.rightOf(user, spot)
}

/**
 * Through all that is kept between two questions: which models, in both states, what is known of which path is above which, and
 * everybody by name. The pending model is one state ahead.
 */
async function assertCachedIsUncached(states: ModelFacts[]): Promise<void> {
  const { models, stand } = keepModels(states)
  for (const [enforced, facts] of states.entries()) {
    const head = Math.min(enforced + 1, states.length - 1)
    const position = stand({ head, enforced })
    for (const [state, expected] of [
      ['enforced', facts],
      ['pending', states[head] ?? facts],
    ] as const) {
      const { model } = await models.get({ organisation: 1, state, position })
      assertWho(expected, model)
      for (const question of questions(expected)) {
        const uncached = CompiledModel.compile(expected)
        assert.equal(ask(model, question), ask(uncached, question), tell(question))
        assert.deepEqual(explained(model, question), explained(uncached, question), tell(question))
      }
    }
  }
}

/** Models as a node keeps them, of a database that stands where it is told to. */
function keepModels(states: readonly ModelFacts[]) {
  let at: ReadAt = { head: 0, enforced: 0, lineage: 'one', organisationEnabled: true, unseenFrom: '0' }
  const factsAt = (state: StateName, where: ReadAt) => states[revisionOf(where, state)] ?? assert.fail()
  const source: ModelSource = {
    readFacts: async (_organisation, state) => ({ at, facts: factsAt(state, at) }),
    readChanges: async (_organisation, state, before) => ({
      at,
      changes: changesBetween(factsAt(state, before), factsAt(state, at)),
    }),
    readPositions: async () => new Map(),
  }
  const models = new DecisionModels({
    source,
    mostParts: Number.POSITIVE_INFINITY,
    monotonicMs: () => 0,
    breathe: async () => undefined,
    pause: async () => undefined,
    onFailure: () => undefined,
    onRead: () => undefined,
  })
  const stand = (revisions: Revisions) => {
    at = { ...at, ...revisions }
    return at
  }
  return { models, stand }
}

/** All that an explanation tells. */
function explained(model: CompiledModel, question: Question) {
  const { user, spot } = spotOf(model, question)
  const { by, overruled, ...heard } = model.explain(user, spot)
  const named = (permission: (typeof by)[number]) => [
    permission.id,
    ...model.teamPathOf(permission.rule).map(({ id }) => id),
  ]
  return { ...heard, by: by.map(named), overruled: overruled.map(named) }
}

/** By the reading that everything else is tested against. */
function plainly(facts: ModelFacts, { user, repository, path }: Question): Right {
  return RIGHT_OF[effectiveRight(rightsIn(facts, repository, 'id'), path, user)]
}

function assertWho(facts: ModelFacts, model: CompiledModel): void {
  for (const { repository, path } of questions({ ...facts, users: [] })) {
    const { spot } = spotOf(model, { user: undefined, repository, path })
    for (const atLeast of [READ, READ_WRITE] as const) {
      const may = (user: string | undefined) => plainly(facts, { user, repository, path }) >= atLeast
      const { users, anonymous } = model.who(spot, atLeast)
      assert.equal(anonymous, may(undefined))
      assert.deepEqual(
        users.map(({ id }) => id),
        facts.users.filter(({ id }) => may(id)).map(({ id }) => id),
      )
    }
  }
}

function assertWhat(facts: ModelFacts, model: CompiledModel): void {
  for (const id of [undefined, ...facts.users.map((user) => user.id)]) {
    const user = id === undefined ? undefined : model.findUserById(id)
    const reached = model.what(user)
    for (const spot of reached) assert.equal(model.explain(user, spot).path, spot.path)
    const told = new Map(reached.map(({ repository, path, right }) => [`${repository.name}:${path}`, right]))
    for (const question of questions(facts).filter((each) => each.user === id)) {
      assert.equal(nearest(told, question), plainly(facts, question), tell(question))
    }
  }
}

/** What the list of all that a user reaches says of a path: the entry of the nearest path at or above it. */
function nearest(told: ReadonlyMap<string, Right>, { repository, path }: Question): Right {
  for (let at = path; ; at = at.slice(0, Math.max(1, at.lastIndexOf('/')))) {
    const right = told.get(`${repository}:${at}`)
    if (right !== undefined) return right
    if (at === '/') return NONE
  }
}

function assertExplained(facts: ModelFacts, model: CompiledModel): void {
  for (const question of questions(facts)) {
    const { user, spot } = spotOf(model, question)
    const { right, path, audience, by, overruled } = model.explain(user, spot)
    const everybodyEnabled = { ...facts, users: facts.users.map((each) => ({ ...each, enabled: true })) }
    assert.equal(right, plainly(everybodyEnabled, question), tell(question))
    assert.equal(by.length > 0, path !== undefined)
    assert.ok(by.every((each) => each.right === right && each.rule.audience === audience))
    if (by.length === 0) continue
    const given = new Set(by.map(({ id }) => id))
    const without = { ...facts, permissions: facts.permissions.filter(({ id }) => !given.has(id)) }
    const { user: sameUser, spot: sameSpot } = spotOf(CompiledModel.compile(without), question)
    const otherwise = CompiledModel.compile(without).explain(sameUser, sameSpot)
    assert.equal(otherwise.path === path, overruled.length > 0, tell(question))
  }
}
