import type { MembersChange, ModelChanges } from '../model-facts.ts'
import { known, type ModelIndex } from './model-index.ts'

/** Brings a model to a later state. Everything that is named by something else comes before it. */
export function applyChanges(index: ModelIndex, changes: ModelChanges): void {
  for (const user of changes.users) index.putUser(user)
  for (const repository of changes.repositories) index.putRepository(repository)
  for (const team of changes.teams.made) index.putTeam(team)
  for (const rule of changes.rules.gone) index.removeRule(rule)
  for (const rule of changes.rules.made) index.putRule(rule)
  for (const permission of changes.permissions.gone) index.removePermission(permission)
  for (const permission of changes.permissions.made) index.putPermission(permission)
  for (const change of changes.members) applyMembers(index, change)
  for (const team of changes.teams.gone) index.teams.delete(team)
}

function applyMembers(index: ModelIndex, { rule: id, added, removed }: MembersChange): void {
  const rule = known(index.rules.get(id), 'rule', id)
  const named = (users: readonly string[]) => users.map((user) => known(index.users.get(user), 'user', user))
  index.removeMembers(rule, named(removed))
  index.addMembers(rule, named(added))
}
