import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ApiClient } from '../../testing/api-client.ts'
import { startModelServer } from '../../testing/model-server.ts'
import { appoint, makeTeam } from '../../testing/model-steps.ts'
import type { Body } from '../../testing/wire-format.ts'

/** Requests that nothing but the lack of a right refuses with 403, and that change nothing. */
const ACTS: Readonly<Record<string, (team: string) => readonly [operation: string, body?: Body]>> = {
  manageTeam: (team) => [`PUT /api/teams/${team}`, { team: { name: ' ' } }],
  manageSubteams: (team) => [`POST /api/teams/${team}/subteams`, { team: { name: ' ' } }],
  manageLeaders: (team) => [`DELETE /api/teams/${team}/leaders/${randomUUID()}`],
  manageMembers: (team) => [`DELETE /api/teams/${team}/members/${randomUUID()}`],
  manageRules: (team) => [`DELETE /api/teams/${team}/rules/${randomUUID()}`],
  manageResources: (team) => [`POST /api/teams/${team}/resources/delete`, { ids: { ids: [randomUUID()] } }],
  view: (team) => [`GET /api/teams/${team}`],
}
const FLAGS = Object.keys(ACTS).filter((act) => act !== 'view')

interface Shape {
  /** For each team but the first, which of those before it is above; a number beyond them makes a root team. */
  readonly above: readonly number[]
  readonly leaders: readonly { readonly user: number; readonly team: number; readonly flags: readonly string[] }[]
}

const shapes: fc.Arbitrary<Shape> = fc.array(fc.nat(6), { minLength: 2, maxLength: 5 }).chain((above) =>
  fc.record({
    above: fc.constant(above),
    leaders: fc.uniqueArray(fc.record({ user: fc.nat(1), team: fc.nat(above.length), flags: fc.subarray(FLAGS) }), {
      maxLength: 5,
      selector: ({ user, team }) => `${user} ${team}`,
    }),
  }),
)

/** What the spec says, written down without regard to cost: the flags of all leaderships on the way up. */
function actsOf({ above, leaders }: Shape, user: number, team: number): Set<string> {
  const held = leaders.filter((leader) => leader.user === user && leader.team === team)
  const acts = new Set(held.flatMap(({ flags }) => ['view', ...flags]))
  const parent = team === 0 ? undefined : above[team - 1]
  if (parent === undefined || parent >= team) return acts
  return acts.union(actsOf({ above, leaders }, user, parent))
}

async function build(root: ApiClient, { above, leaders }: Shape, users: readonly ApiClient[]): Promise<string[]> {
  const teams = [await makeTeam(root, randomUUID())]
  for (const parent of above) teams.push(await makeTeam(root, randomUUID(), teams[parent]))
  for (const { user, team, flags } of leaders) {
    await appoint(root, { team: teams[team] ?? '', user: users[user]?.userId ?? '', flags })
  }
  return teams
}

async function tryAll(api: ApiClient, team: string): Promise<Set<string>> {
  const possible = new Set<string>()
  for (const [act, request] of Object.entries(ACTS)) {
    const { status } = await api.send(...request(team))
    if (status !== 403) possible.add(act)
  }
  return possible
}

test('a leader may do on each team of a tree exactly what the leaderships on it and above it grant together', async () => {
  await using server = await startModelServer()
  await fc.assert(
    fc.asyncProperty(shapes, async (shape) => {
      const users = [await server.signIn(), await server.signIn()]
      const teams = await build(server.root, shape, users)
      for (const [user, api] of users.entries()) {
        const visible: string[] = []
        for (const [index, team] of teams.entries()) {
          const acts = actsOf(shape, user, index)
          assert.deepEqual([...(await tryAll(api, team))].toSorted(), [...acts].toSorted())
          if (acts.has('view')) visible.push(team)
        }
        if (visible.length === 0) assert.equal(await api.problem('GET /api/teams'), '403 access.flag_missing')
        else {
          const { entries } = await api.list('/api/teams?sortColumn=id')
          assert.deepEqual(
            entries.map(({ id }) => id),
            visible.toSorted(),
          )
        }
      }
    }),
    { numRuns: 12 },
  )
})
