import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { RepositoryRights, Statement } from '../../features/rules/index.ts'
import { statement } from '../../platform/database/statement.ts'
import { STILL } from '../../platform/database/version-rows.ts'
import type { ApiClient } from './api-client.ts'
import { set } from './batching.ts'
import type { ModelServer } from './model-server.ts'
import { makeRule } from './model-steps.ts'
import { propose, type Stage, setStage, someThrows } from './random-proposals.ts'

/** Those that rules speak of, and some below. */
export const PLAYED_PATHS = ['/', '/a', '/a/b', '/a/c', '/a/b/d', '/b', '/c']
const TYPES = ['READ_WRITE', 'READ', 'NONE'] as const
const AUDIENCES = ['members', 'authenticated', 'everyone'] as const

/** Plainly, and with the names of disabled users: what the right of everybody at a revision is judged by. */
const STATEMENTS = statement<Statement & { readonly repository: string }>(
  'test.statements-at-head',
  `select repository.name as repository, permission.effective_path as path, permission.type as "permissionType",
     rule.audience,
     array(select member.username::text from rule_member member
           where member.rule_id = rule.rule_id and member.until = ${STILL}) as members
   from permission_version permission
   join repository on repository.id = permission.repository_id
   join rule_version rule on rule.rule_id = permission.rule_id and rule.until = ${STILL}
   where permission.until = ${STILL}`,
)

const POSITION = statement<{ head: number; target: number; enforced: number }>(
  'test.three-numbers',
  'select head, target, enforced from organisation_model where organisation_id = 1',
)

const PEOPLE = statement<{ username: string; enabled: boolean }>(
  'test.people',
  'select username, enabled from app_user where organisation_id = 1',
)

/** A model in the middle of all that may happen to it. */
export interface Play {
  readonly server: ModelServer
  readonly stage: Stage
  /** Statements of every revision so far at which there was a look. */
  readonly past: Map<number, readonly (Statement & { readonly repository: string })[]>
  readonly die: number
  made: number
}

/** Some of these are refused, where they ask for what there is not: as good as any other answer. */
const ACTS: readonly ((play: Play) => Promise<unknown>)[] = [
  ({ server: { root }, stage, die }) => root.send(`PUT /api/users/${pick(stage.users.slice(0, 3), die)}/disable`),
  ({ server: { root }, stage, die }) => root.send(`PUT /api/users/${pick(stage.users.slice(0, 3), die)}/enable`),
  async (play) => {
    play.made += 1
    const username = `late ${play.stage.repository} ${play.made}`
    const user = { username, enabled: play.die % 2 === 0 }
    const { entityId } = await play.server.root.change('POST /api/users', { user })
    play.stage.users.push(entityId)
  },
  async ({ server: { root }, stage, die }) => {
    const { team, rule } = stage.rules[0] ?? {}
    const body = { ids: { ids: [pick(stage.users.slice(0, 3), die)] } }
    await root.send(`POST /api/teams/${team}/rules/${rule}/members${die % 2 === 0 ? '' : '/delete'}`, body)
  },
  async ({ server: { root }, stage, die }) => {
    const { team, rule } = pick(stage.rules, die) ?? {}
    const audience = AUDIENCES[die % AUDIENCES.length]
    await root.send(`PUT /api/teams/${team}/rules/${rule}`, { rule: { ruleName: `heard ${die}`, audience } })
  },
  async ({ server: { root }, past, die }) => {
    const { targetRevision } = await root.get('/api/enforcement')
    const waiting = [...past.keys()].filter((revision) => revision > Number(targetRevision))
    if (waiting.length > 0) await root.send('POST /api/enforcement/apply', { apply: { revision: pick(waiting, die) } })
  },
  async ({ server: { root }, stage, die }) => {
    const { team, rule } = pick(stage.rules, die) ?? {}
    const DTOs = [
      { ownerResource: stage.resources[0], permissionType: pick(TYPES, die), path: pick(PLAYED_PATHS, die)?.slice(1) },
    ]
    await root.send(`POST /api/teams/${team}/rules/${rule}/resourcepermissions`, { dtolist: { DTOs } })
  },
  ({ server: { root }, past, die }) => {
    return root.send('POST /api/enforcement/revert', { revert: { revision: pick([...past.keys()], die) } })
  },
  ({ server: { root }, die }) => set(root, { batchedUpdates: die % 4 !== 0 }),
]

/** Rules that every revision after them begins from, or little would ever be granted. */
async function setRules(root: ApiClient, { teams, users, resources, rules }: Stage): Promise<void> {
  const [team = '', resource = ''] = [teams[0], resources[0]]
  for (const [index, audience] of AUDIENCES.entries()) {
    const permissions = [
      { resource, type: TYPES[index] ?? 'READ', path: PLAYED_PATHS[index]?.slice(1) ?? '' },
      { resource, type: 'READ', path: 'c' },
    ] as const
    const members = audience === 'members' ? users.slice(0, 2) : []
    rules.push({ team, rule: await makeRule(root, { team, name: audience, audience, members, permissions }) })
  }
}

function pick<T>(from: readonly T[], die: number): T | undefined {
  return from[die % from.length]
}

async function look({ server, past }: Play): Promise<void> {
  const [[position], statements] = [await server.database.query(POSITION), await server.database.query(STATEMENTS)]
  const { head, target, enforced } = position ?? { head: 0, target: 0, enforced: 1 }
  assert.ok(head >= target && target >= enforced, `${head} ${target} ${enforced}`)
  past.set(head, statements)
}

/** Somebody who may be there. */
export interface Person {
  readonly username: string
  readonly enabled: boolean
}

export function listPeople({ server }: Play): Promise<readonly Person[]> {
  return server.database.query(PEOPLE)
}

export async function readPosition({ server }: Play) {
  const [position] = await server.database.query(POSITION)
  assert.ok(position)
  return position
}

/** What decides in a repository at a revision that was looked at; of those who are not disabled now. */
export function rightsAt(
  { past }: Play,
  { revision, repository, people }: { revision: number; repository: string; people: readonly Person[] },
): RepositoryRights {
  const statements = past.get(revision)
  assert.ok(statements, `revision ${revision} was looked at`)
  const disabled = people.filter(({ enabled }) => !enabled).map(({ username }) => username)
  return { statements: statements.filter((each) => each.repository === repository), disabled }
}

/** Plays some hundred proposals, applies, reverts and switches of accounts, calling `judge` now and then in between. */
export async function playAll(server: ModelServer, judge: (play: Play) => Promise<void>): Promise<void> {
  for (const seed of SEEDS) {
    await set(server.root, { batchedUpdates: false })
    const stage = await setStage(server, `stage${seed}`)
    await setRules(server.root, stage)
    const past: Play['past'] = new Map()
    const [throws = []] = fc.sample(someThrows, { seed, numRuns: 1 })
    const dice = fc.sample(fc.noBias(fc.nat()), { seed, numRuns: throws.length * 2 })
    for (const each of throws) {
      const play: Play = { server, stage, past, die: dice.pop() ?? 0, made: dice.length }
      await look(play)
      await propose(stage, each)
      await look(play)
      await pick(ACTS, dice.pop() ?? 0)?.(play)
      await look(play)
      if (play.die % 3 === 0) await judge(play)
    }
  }
}

const SEEDS = [11, 12, 13]
