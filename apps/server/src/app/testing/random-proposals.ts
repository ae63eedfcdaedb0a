import fc from 'fast-check'
import type { ApiClient } from './api-client.ts'
import type { ModelServer } from './model-server.ts'
import { appoint, join, makeRepository, makeResource, makeTeam, makeUser } from './model-steps.ts'
import type { Body } from './wire-format.ts'

/** Teams in a tree with two leaders, and all that has been made there since. */
export interface Stage {
  readonly callers: readonly ApiClient[]
  readonly repository: string
  readonly usernames: string[]
  readonly users: string[]
  readonly teams: string[]
  readonly resources: string[]
  readonly rules: { readonly team: string; readonly rule: string }[]
}

/** A proposal, by dice that pick among what there is by then. */
export interface Throw {
  readonly act: keyof typeof ACTS
  readonly caller: number
  readonly dice: readonly [number, number]
}

const NAMES = ['ann', 'bob', 'cy']
const PATHS = ['/', '/a', '/a/b', '/a/c', '/b']

export async function setStage({ root, signIn }: Pick<ModelServer, 'root' | 'signIn'>, name: string): Promise<Stage> {
  await makeRepository(root, name)
  const usernames = NAMES.map((each) => `${each} ${name}`)
  const users = await Promise.all(usernames.map((each) => makeUser(root, each)))
  const top = await makeTeam(root, `top ${name}`)
  const middle = await makeTeam(root, 'middle', top)
  const teams = [top, middle, await makeTeam(root, 'bottom', middle), await makeTeam(root, `beside ${name}`)]
  const [upper, lower] = [await signIn(), await signIn()]
  const flags = ['manageMembers', 'manageRules', 'manageResources', 'manageSubteams', 'manageTeam']
  await appoint(root, { team: top, user: upper.userId, flags })
  await appoint(root, { team: middle, user: lower.userId, flags: flags.slice(0, 3) })
  await join(root, teams[2] ?? '', users.slice(0, 2))
  const resources = [await makeResource(root, { team: top, repository: name })]
  return { callers: [root, root, upper, lower], repository: name, usernames, users, teams, resources, rules: [] }
}

/** What is proposed, and what becomes of the stage when it is accepted. */
interface Proposal {
  readonly operation: string
  readonly body?: Body
  readonly made?: (id: string) => void
}

function pick<T>(from: readonly T[], die: number): T | undefined {
  return from[die % from.length]
}

type Act = (stage: Stage, ...dice: Throw['dice']) => Proposal

const ACTS = {
  addSubteam: ({ teams }, one, two) => ({
    operation: `POST /api/teams/${pick(teams, one)}/subteams`,
    body: { team: { name: `team ${two}` } },
    made: (id) => teams.push(id),
  }),
  moveTeam: ({ teams }, one, two) => ({
    operation: `PUT /api/teams/${pick(teams, one)}`,
    body: { team: { name: `team ${one} ${two}`, parentTeam: pick(teams, two) } },
  }),
  deleteTeam: ({ teams }, one) => ({ operation: `DELETE /api/teams/${pick(teams.slice(1), one)}` }),
  addMember: ({ teams, users }, one, two) => ({
    operation: `POST /api/teams/${pick(teams, one)}/members/${pick(users, two)}`,
  }),
  removeMember: ({ teams, users }, one, two) => ({
    operation: `DELETE /api/teams/${pick(teams, one)}/members/${pick(users, two)}`,
  }),
  createMember: ({ teams, users, usernames, repository }, one, two) => {
    const username = `new ${repository} ${two}`
    return {
      operation: `POST /api/teams/${pick(teams, one)}/members/new`,
      body: { user: { username } },
      made: (id) => {
        users.push(id)
        usernames.push(username)
      },
    }
  },
  giveResource: ({ teams, repository, resources }, one, two) => ({
    operation: `POST /api/teams/${pick(teams, one)}/resources`,
    body: { resource: { repositoryName: repository, path: pick(PATHS, two) } },
    made: (id) => resources.push(id),
  }),
  takeResource: ({ teams, resources }, one, two) => ({
    operation: `POST /api/teams/${pick(teams, one)}/resources/delete`,
    body: { ids: { ids: [pick(resources, two)] } },
  }),
  addRule: ({ teams, rules }, one, two) => {
    const team = pick(teams, one) ?? ''
    return {
      operation: `POST /api/teams/${team}/rules`,
      body: { rule: { ruleName: `rule ${two}` } },
      made: (rule) => rules.push({ team, rule }),
    }
  },
  nameMember: ({ rules, users }, one, two) => {
    const { team, rule } = pick(rules, one) ?? { team: NOWHERE, rule: NOWHERE }
    const body = { ids: { ids: [pick(users, two)] } }
    return { operation: `POST /api/teams/${team}/rules/${rule}/members`, body }
  },
  permit: ({ rules, resources }, one, two) => {
    const { team, rule } = pick(rules, one) ?? { team: NOWHERE, rule: NOWHERE }
    const DTOs = [
      { ownerResource: pick(resources, two), permissionType: pick(['READ', 'READ_WRITE', 'NONE'], one + two) },
    ]
    return { operation: `POST /api/teams/${team}/rules/${rule}/resourcepermissions`, body: { dtolist: { DTOs } } }
  },
} satisfies Readonly<Record<string, Act>>

const NOWHERE = '00000000-0000-4000-8000-000000000000'

// What builds is more frequent than what takes away, or little would ever be there.
const BUILDING: readonly Throw['act'][] = ['addMember', 'giveResource', 'addRule', 'nameMember', 'permit']
const EVERY_ACT = Object.keys(ACTS) as Throw['act'][]

export const someThrows: fc.Arbitrary<Throw[]> = fc.array(
  fc.record({
    act: fc.constantFrom(...EVERY_ACT, ...BUILDING, ...BUILDING),
    caller: fc.nat(),
    dice: fc.tuple(fc.nat(1000), fc.nat(1000)),
  }),
  { minLength: 60, maxLength: 90, size: 'max' },
)

/** Proposes it; answers the status. */
export async function propose(stage: Stage, { act, caller, dice }: Throw): Promise<number> {
  const { operation, body, made } = (ACTS[act] as Act)(stage, ...dice)
  const reply = await pick(stage.callers, caller)?.send(operation, body)
  const id = reply?.headers.get('x-entity-id')
  if (id) made?.(id)
  return reply?.status ?? 0
}
