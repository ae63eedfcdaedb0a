import { type Enforcer, newEnforcer, newModelFromString } from 'casbin'
import type { ModelFacts } from '../../apps/server/src/features/decisions/model-facts.ts'
import { isAtOrBelow } from './is-at-or-below.ts'
import { plainGrants } from './plain-grants.ts'
import type { SampleQuestion } from './sample-facts.ts'

/** Roles and resources as in casbin's own examples. The cheap comparison comes first, so that few roles are looked up. */
const MODEL = `
[request_definition]
r = sub, repository, path, act
[policy_definition]
p = sub, repository, path, act
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.repository == p.repository && isAtOrBelow(r.path, p.path) && r.act == p.act && g(r.sub, p.sub)
`

/** An enforcer whose roles are our rules. */
export async function makeEnforcer(facts: ModelFacts): Promise<Enforcer> {
  const { grants, memberships } = plainGrants(facts)
  const enforcer = await newEnforcer(newModelFromString(MODEL))
  await enforcer.addFunction('isAtOrBelow', isAtOrBelow)
  await enforcer.addPolicies(grants.map(({ rule, repository, path }) => [rule, repository, path, 'read']))
  await enforcer.addGroupingPolicies(memberships.map(({ username, rule }) => [username, rule]))
  return enforcer
}

export function askEnforcer(enforcer: Enforcer, { username, repository, path }: SampleQuestion): boolean {
  return enforcer.enforceSync(username, repository, path, 'read')
}
