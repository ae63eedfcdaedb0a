import fc from 'fast-check'
import type { ApiClient, Fields } from './api-client.ts'
import { join, makeRepository, makeResource, makeRule, makeTeam, makeUser, permit } from './model-steps.ts'

const NAMES = ['ann', 'bob', 'carl', 'dora']
const PATHS = ['', 'a', 'a/b', 'a/b/c', 'd']
const TYPES = ['READ', 'READ_WRITE', 'NONE'] as const
const AUDIENCES = ['members', 'members', 'members', 'authenticated', 'everyone'] as const

/** Two repositories and a team of four users who may be given anything in them. */
export interface Ground {
  readonly repositories: readonly string[]
  readonly usernames: readonly string[]
  /** Makes one change, or none where the dice ask for what there is not; answers a word for it. */
  changeSomething(): Promise<string>
}

interface State {
  readonly api: ApiClient
  readonly team: string
  readonly users: readonly string[]
  readonly resources: readonly string[]
  readonly rules: string[]
  /** How many rules were made, for their names. */
  made: number
  pick<T>(from: readonly T[]): T | undefined
}

/** The seed makes the same changes again. */
export async function makeGround(api: ApiClient, seed: number): Promise<Ground> {
  const dice = fc.sample(fc.noBias(fc.nat()), { seed, numRuns: 10_000 })
  const repositories = [`ground${seed}-1`, `ground${seed}-2`]
  for (const name of repositories) await makeRepository(api, name)
  const team = await makeTeam(api, `ground ${seed}`)
  const usernames = NAMES.map((name) => `${name} ${seed}`)
  const users = await Promise.all(usernames.map((name) => makeUser(api, name)))
  await join(api, team, users)
  const resources = await Promise.all(repositories.map((repository) => makeResource(api, { team, repository })))
  const pick = <T>(from: readonly T[]): T | undefined => from[(dice.pop() ?? 0) % from.length]
  const state: State = { api, team, users, resources, rules: [], made: 0, pick }
  const acts = Object.entries(ACTS)
  return {
    repositories,
    usernames,
    changeSomething: async () => {
      const [name, act] = pick([...acts, ...acts.slice(0, 4), ...acts.slice(0, 4)]) ?? ['', addRule]
      await act(state)
      return name
    },
  }
}

// The first four are more frequent than the others, or little would ever hold.
const ACTS = {
  addPermission,
  addMember,
  addRule,
  changePermission,
  removeMember,
  removePermission,
  changeAudience,
  removeRule,
}

async function addRule(state: State): Promise<void> {
  const { api, team, users, rules, pick } = state
  const audience = pick(AUDIENCES) ?? 'members'
  const members = [pick(users) ?? '']
  rules.push(await makeRule(api, { team, name: `rule ${state.made++}`, audience, members }))
}

async function addPermission({ api, team, resources, rules, pick }: State): Promise<void> {
  const [rule, resource, path, type] = [pick(rules), pick(resources), pick(PATHS), pick(TYPES)]
  if (rule === undefined || resource === undefined || path === undefined || !type) return
  const known = await permissionsOf(api, team, rule)
  if (known.some((each) => each['path'] === path && each['ownerResource'] === resource)) return
  await permit(api, { team, rule, permissions: [{ resource, type, path }] })
}

async function addMember({ api, team, users, rules, pick }: State): Promise<void> {
  const [rule, user] = [pick(rules), pick(users)]
  if (rule !== undefined) await api.change(`POST /api/teams/${team}/rules/${rule}/members`, { ids: { ids: [user] } })
}

async function removeMember({ api, team, rules, pick }: State): Promise<void> {
  const rule = pick(rules)
  if (rule === undefined) return
  const user = pick((await api.list(`/api/teams/${team}/rules/${rule}/members`)).entries)
  const url = `/api/teams/${team}/rules/${rule}/members/delete`
  if (user) await api.change(`POST ${url}`, { ids: { ids: [user['id']] } })
}

async function changePermission({ api, team, rules, pick }: State): Promise<void> {
  const rule = pick(rules)
  const permission = rule && pick(await permissionsOf(api, team, rule))
  if (!permission) return
  const { id, path, ownerResource } = permission
  const DTOs = [{ id, path, ownerResource, permissionType: pick(TYPES) }]
  await api.change(`PUT /api/teams/${team}/rules/${rule}/resourcepermissions`, { dtolist: { DTOs } })
}

async function removePermission({ api, team, rules, pick }: State): Promise<void> {
  const rule = pick(rules)
  const permission = rule && pick(await permissionsOf(api, team, rule))
  const url = `/api/teams/${team}/rules/${rule}/resourcepermissions/delete`
  if (permission) await api.change(`POST ${url}`, { ids: { ids: [permission['id']] } })
}

async function changeAudience({ api, team, rules, pick }: State): Promise<void> {
  const rule = pick(rules)
  if (rule === undefined) return
  const { ruleName } = await api.get(`/api/teams/${team}/rules/${rule}`)
  await api.change(`PUT /api/teams/${team}/rules/${rule}`, { rule: { ruleName, audience: pick(AUDIENCES) } })
}

async function removeRule({ api, team, rules, pick }: State): Promise<void> {
  const rule = pick(rules)
  if (rule === undefined) return
  rules.splice(rules.indexOf(rule), 1)
  await api.change(`DELETE /api/teams/${team}/rules/${rule}`)
}

async function permissionsOf(api: ApiClient, team: string, rule: string): Promise<readonly Fields[]> {
  return (await api.list(`/api/teams/${team}/rules/${rule}/resourcepermissions?pageSize=1000`)).entries
}
