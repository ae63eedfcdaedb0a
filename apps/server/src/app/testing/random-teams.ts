import fc from 'fast-check'
import type { ApiClient } from './api-client.ts'
import { join, makeRepository, makeResource, makeRule, makeTeam, makeUser } from './model-steps.ts'

const NAMES = ['eve', 'finn', 'gus']

/** Teams that come and go, with members, leaders, resources and rules. */
export interface Crowd {
  /** Makes one change, or none where the dice ask for what there is not. */
  changeSomething(): Promise<void>
}

interface State {
  readonly api: ApiClient
  readonly repository: string
  readonly users: readonly string[]
  readonly teams: string[]
  /** How many teams were made, for their names. */
  made: number
  pick<T>(from: readonly T[]): T | undefined
}

export async function makeCrowd(api: ApiClient, seed: number): Promise<Crowd> {
  const dice = fc.sample(fc.noBias(fc.nat()), { seed, numRuns: 10_000 })
  const repository = `crowd${seed}`
  await makeRepository(api, repository)
  const users = await Promise.all(NAMES.map((name) => makeUser(api, `${name} ${seed}`)))
  const pick = <T>(from: readonly T[]): T | undefined => from[(dice.pop() ?? 0) % from.length]
  const state: State = { api, repository, users, teams: [], made: 0, pick }
  return {
    changeSomething: async () => {
      await (pick(ACTS) ?? addTeam)(state)
    },
  }
}

const ACTS = [addTeam, addTeam, addSubteam, moveTeam, deleteTeam, addMember, removeMember, switchLeader, deleteResource]

async function addTeam(state: State): Promise<void> {
  const { api, repository, users, teams, pick } = state
  const team = await makeTeam(api, nextName(state))
  teams.push(team)
  const user = pick(users) ?? ''
  await join(api, team, [user])
  const resource = await makeResource(api, { team, repository, path: `/${team}` })
  await makeRule(api, { team, name: 'writers', members: [user], permissions: [{ resource, type: 'READ_WRITE' }] })
}

// What the following ask for may be gone with a team above, or be refused: then nothing changes, which is as good.

async function addSubteam(state: State): Promise<void> {
  const { api, users, teams, pick } = state
  const reply = await api.send('POST /api/teams', { team: { name: nextName(state), parentTeam: pick(teams) } })
  const team = reply.headers.get('x-entity-id')
  if (team === null) return
  teams.push(team)
  await join(api, team, [pick(users) ?? ''])
}

async function moveTeam(state: State): Promise<void> {
  const { api, teams, pick } = state
  await api.send(`PUT /api/teams/${pick(teams)}`, { team: { name: nextName(state), parentTeam: pick(teams) } })
}

async function deleteTeam({ api, teams, pick }: State): Promise<void> {
  await api.send(`DELETE /api/teams/${pick(teams)}`)
}

async function addMember({ api, users, teams, pick }: State): Promise<void> {
  await api.send(`POST /api/teams/${pick(teams)}/members/${pick(users)}`)
}

async function removeMember({ api, users, teams, pick }: State): Promise<void> {
  await api.send(`DELETE /api/teams/${pick(teams)}/members/${pick(users)}`)
}

async function switchLeader({ api, users, teams, pick }: State): Promise<void> {
  const url = `/api/teams/${pick(teams)}/leaders/${pick(users)}`
  const body = { teamadminpermission: { manageRules: pick([true, false]), manageMembers: true } }
  const replies = [await api.send(`POST ${url}`, body), await api.send(`PUT ${url}`, body)]
  if (replies[0]?.status !== 202) await api.send(`DELETE ${url}`)
}

async function deleteResource({ api, teams, pick }: State): Promise<void> {
  const team = pick(teams)
  const reply = await api.send(`GET /api/teams/${team}/resources`)
  if (reply.status !== 200) return
  const ids = (await api.list(`/api/teams/${team}/resources`)).entries.map(({ id }) => id)
  if (ids.length > 0) await api.send(`POST /api/teams/${team}/resources/delete`, { ids: { ids } })
}

function nextName(state: State): string {
  state.made += 1
  return `team ${state.made}`
}
