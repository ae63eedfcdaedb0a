import type { ModelFacts } from '../model-facts.ts'
import { known, ModelIndex } from './model-index.ts'
import type { ModelPermission, ModelRepository } from './model-parts.ts'
import { NumberSets } from './number-sets.ts'
import { SpokenPath } from './spoken-path.ts'

/** So many parts are put in between two pauses: some milliseconds' worth. */
const PARTS_A_STEP = 5000

/** Builds all of a model at once: what is said of a path is sorted once, not at each permission. */
export function compileModel(facts: ModelFacts): ModelIndex {
  const steps = compileSteps(facts)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** As `compileModel`, letting others have the processor between steps. */
export async function compileModelGradually(facts: ModelFacts, breathe: () => Promise<void>): Promise<ModelIndex> {
  const steps = compileSteps(facts)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    await breathe()
  }
}

function* compileSteps(facts: ModelFacts): Generator<void, ModelIndex> {
  const index = new ModelIndex()
  for (const users of inSteps(facts.users)) {
    for (const user of users) index.putUser(user)
    yield
  }
  for (const repository of facts.repositories) index.putRepository(repository)
  for (const team of facts.teams) index.putTeam(team)
  for (const rules of inSteps(facts.rules)) {
    for (const rule of rules) index.putRule(rule)
    yield
  }
  yield* compilePaths(index, facts)
  yield* compileMembers(index, facts)
  return index
}

function* inSteps<T>(parts: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < parts.length; at += PARTS_A_STEP) yield parts.slice(at, at + PARTS_A_STEP)
}

function* compilePaths(index: ModelIndex, { permissions }: ModelFacts): Generator<void> {
  const spots = new Map<ModelRepository, Map<string, ModelPermission[]>>()
  for (const facts of inSteps(permissions)) {
    for (const fact of facts) {
      const permission = index.makePermission(fact)
      const { repository, path } = permission
      const paths = spots.get(repository) ?? new Map<string, ModelPermission[]>()
      spots.set(repository, paths)
      const here = paths.get(path)
      if (here) here.push(permission)
      else paths.set(path, [permission])
    }
    yield
  }
  for (const [repository, paths] of spots) {
    for (const [path, here] of paths) repository.spoken.add(new SpokenPath(path, here))
    yield
  }
}

function* compileMembers(index: ModelIndex, { members }: ModelFacts): Generator<void> {
  const sets: Uint32Array[] = Array.from(index.rulesByNumber, () => NOBODY)
  let put = 0
  for (const { rule, users } of members) {
    const { number } = known(index.rules.get(rule), 'rule', rule)
    sets[number] = Uint32Array.from(users, (id) => known(index.users.get(id), 'user', id).number).sort()
    put += users.length
    if (put < PARTS_A_STEP) continue
    put = 0
    yield
  }
  index.membersOf = NumberSets.of(sets)
  yield
  index.rulesOf = index.membersOf.turned(index.usersByNumber.length)
}

const NOBODY = new Uint32Array(0)
