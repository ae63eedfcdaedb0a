import type { ModelFacts } from '../model-facts.ts'
import { known, ModelIndex } from './model-index.ts'
import type { ModelPermission, ModelRepository } from './model-parts.ts'
import { NumberSets } from './number-sets.ts'
import { SpokenPath } from './spoken-path.ts'

/** Builds all of a model at once: what is said of a path is sorted once, not at each permission. */
export function compileModel(facts: ModelFacts): ModelIndex {
  const index = new ModelIndex()
  for (const user of facts.users) index.putUser(user)
  for (const repository of facts.repositories) index.putRepository(repository)
  for (const team of facts.teams) index.putTeam(team)
  for (const rule of facts.rules) index.putRule(rule)
  compilePaths(index, facts)
  compileMembers(index, facts)
  return index
}

function compilePaths(index: ModelIndex, { permissions }: ModelFacts): void {
  const spots = new Map<ModelRepository, Map<string, ModelPermission[]>>()
  for (const fact of permissions) {
    const permission = index.makePermission(fact)
    const { repository, path } = permission
    const paths = spots.get(repository) ?? new Map<string, ModelPermission[]>()
    spots.set(repository, paths)
    const here = paths.get(path)
    if (here) here.push(permission)
    else paths.set(path, [permission])
  }
  for (const [repository, paths] of spots) {
    for (const [path, here] of paths) repository.spoken.add(new SpokenPath(path, here))
  }
}

function compileMembers(index: ModelIndex, { members }: ModelFacts): void {
  const sets: Uint32Array[] = Array.from(index.rulesByNumber, () => NOBODY)
  for (const { rule, users } of members) {
    const { number } = known(index.rules.get(rule), 'rule', rule)
    sets[number] = Uint32Array.from(users, (id) => known(index.users.get(id), 'user', id).number).sort()
  }
  index.membersOf = NumberSets.of(sets)
  index.rulesOf = index.membersOf.turned(index.usersByNumber.length)
}

const NOBODY = new Uint32Array(0)
