import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import type { ApiClient, Fields } from './api-client.ts'
import { join, makeRepository, makeResource, makeRule, makeTeam, makeUser } from './model-steps.ts'

const POLL_MS = 10

/** What a check was answered, its leaves as texts. */
export interface Decided {
  readonly allowed: boolean
  readonly revision: number
  readonly chain: readonly Fields[]
  /** The last link, and how it ends: `permission allows`. */
  readonly ending: string
}

/** Asks what must be answered. */
export async function check(api: ApiClient, fields: Readonly<Record<string, unknown>>, query = ''): Promise<Decided> {
  const reply = await api.send(`POST /api/access/check${query}`, { check: fields })
  assert.equal(reply.status, 200, reply.text)
  const { allowed, revision, chain } = reply.content as Readonly<Record<string, unknown>>
  const links = [chain].flat() as Fields[]
  const last = links.at(-1)
  return {
    allowed: allowed === 'true',
    revision: Number(revision),
    chain: links,
    ending: `${last?.['link']} ${last?.['outcome']}`,
  }
}

/** Of each of many checks, whether it is allowed. */
export async function checkAll(api: ApiClient, checks: readonly object[], more: object = {}): Promise<boolean[]> {
  const reply = await api.send('POST /api/access/check', { check: { checks, ...more } })
  assert.equal(reply.status, 200, reply.text)
  const { results } = reply.content as Readonly<Record<string, unknown>>
  return ([results].flat() as Fields[]).map(({ allowed }) => allowed === 'true')
}

/** Waits until everything accepted so far is enforced. */
export async function enforced(root: ApiClient): Promise<void> {
  for (;;) {
    const { pendingRevision, enforcedRevision } = await root.get('/api/enforcement')
    if (pendingRevision === enforcedRevision) return
    await delay(POLL_MS)
  }
}

/** A team with a member, ann, whom a rule lets read /trunk of a repository; and a user who is in no team. */
export interface Place {
  readonly repository: string
  readonly team: string
  readonly resource: string
  readonly rule: string
  readonly ann: string
  readonly bob: string
  /** What is asked of all these. */
  readonly annReads: Readonly<Record<string, unknown>>
}

export async function makePlace(root: ApiClient, name: string): Promise<Place> {
  const repository = name
  await makeRepository(root, repository)
  const team = await makeTeam(root, `${name} team`)
  const resource = await makeResource(root, { team, repository })
  const [ann, bob] = [await makeUser(root, `${name}-ann`), await makeUser(root, `${name}-bob`)]
  await join(root, team, [ann])
  const permissions = [{ resource, type: 'READ', path: 'trunk' }] as const
  const rule = await makeRule(root, { team, name: `${name} rule`, members: [ann], permissions })
  await enforced(root)
  return { repository, team, resource, rule, ann, bob, annReads: { user: ann, repository, path: '/trunk/src' } }
}
