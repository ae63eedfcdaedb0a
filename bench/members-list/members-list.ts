import { sqlMemberReadModel } from '../../apps/server/src/features/teams/members/members.sql.ts'
import { sqlNamedUserLists, sqlUnnamedUserLists } from '../../apps/server/src/features/users/named-users.sql.ts'
import type { ModelState } from '../../apps/server/src/kernel/model-state.ts'
import { PagedLists } from '../../apps/server/src/platform/database/paged-list.ts'
import { startScratchServer } from '../../tools/scratch-server.ts'
import { type BenchDatabase, CLIENTS, startBenchDatabase } from '../harness/bench-database.ts'
import { type Benchmark, type Findings, ms, perSecond, type Result } from '../harness/benchmark.ts'
import { interleave } from '../harness/interleave.ts'
import { loadHttp, request } from '../harness/load-http.ts'
import { type RecordedStatement, recordStatements } from '../harness/recorded-connection.ts'
import { sampleId } from '../harness/sample-id.ts'
import { seedOrganisation } from '../harness/seed-model.ts'
import { explainPage, type PageCost } from './explain-page.ts'
import { LIST_SHAPES, type ListShape } from './list-shapes.ts'
import { loadDatabase } from './load-database.ts'
import { makeHistory } from './make-history.ts'

const SIZE = { organisation: 1, revision: 1, users: 100_000, teams: 10, membersPerTeam: 10_000 }
const TEAM = sampleId('team', 1)
const REVISIONS = 10_000
const FEW_REVISIONS = 10
const ROUNDS = { rounds: 5, warmUps: 1 }
const DURATION_MS = 600

/** Pages of a large team's members. */
export const membersList: Benchmark = {
  name: 'members-list',
  title: `members of a team of 10,000 among 100,000 users, pages of 20, ${CLIENTS} clients`,
  async run(): Promise<Findings> {
    await using bench = await startBenchDatabase()
    await seedOrganisation(bench.pool, SIZE)
    const overHttp = await compareShapes(bench)
    const history = await compareStates(bench)
    return { results: [...overHttp, ...history.results], notes: history.notes }
  },
}

async function compareShapes(bench: BenchDatabase): Promise<Result[]> {
  await using server = await startScratchServer({ env: { PORTREEVE_DATABASE_URL: bench.url } })
  const results: Result[] = []
  for (const shape of LIST_SHAPES) {
    const asked = request('GET', `/api/teams/${TEAM}/members?${shape.query}`, server)
    const statements = await statementsOf(bench, shape, 'head')
    const rates = await interleave(
      {
        ours: () => loadHttp({ ...server, clients: CLIENTS, durationMs: DURATION_MS, next: () => asked }),
        peer: () => loadDatabase(bench.pool, statements, DURATION_MS),
        pageOnly: () => loadDatabase(bench.pool, statements.slice(0, 1), DURATION_MS),
      },
      ROUNDS,
    )
    const ours = { what: shape.what, ours: perSecond(rates.ours) }
    const goal = { kind: 'at least', value: 0.9, of: 'ratio' } as const
    results.push({ ...ours, peer: { name: 'driver, page and total', ...perSecond(rates.peer) }, goal })
    results.push({ ...ours, peer: { name: 'driver, page alone', ...perSecond(rates.pageOnly) } })
  }
  return results
}

/** What the server runs for the list: the statement of the page, and that of the total. */
async function statementsOf({ database }: BenchDatabase, shape: ListShape, state: ModelState) {
  const recording = recordStatements(database)
  const lists = new PagedLists(recording.database)
  const members = sqlMemberReadModel({
    connection: recording.database,
    namedUsers: sqlNamedUserLists(lists),
    unnamedUsers: sqlUnnamedUserLists(lists),
  })
  const view = { organisation: SIZE.organisation, state, version: '' }
  const { items, total } = await members.list(view, TEAM, shape.request)
  if (items.length !== shape.request.pageSize || total < items.length) throw new Error(`${shape.what}: no such page.`)
  return recording.statements
}

async function compareStates(bench: BenchDatabase): Promise<Findings> {
  const [shape] = LIST_SHAPES
  const costOf = async (state: ModelState): Promise<PageCost> => {
    const [page] = await statementsOf(bench, shape, state)
    return await explainPage(bench.pool, page as RecordedStatement) // a list always has a page
  }
  const young = await costOf('head')
  const members = Array.from({ length: SIZE.membersPerTeam }, (_, member) => memberNumber(member + 1))
  await makeHistory(bench, { team: TEAM, members, from: SIZE.revision, revisions: REVISIONS })
  const head = SIZE.revision + REVISIONS
  const old = await costOf('head')
  const recent = await costOf({ revision: head - FEW_REVISIONS })
  const ancient = await costOf({ revision: SIZE.revision })
  const peer = { name: 'the head, without a history', ...ms(young.milliseconds) }
  const line = (what: string, cost: PageCost): Result => ({ what, ours: ms(cost.milliseconds), peer })
  const buffers = [young, old, recent, ancient].map((cost) => cost.buffers)
  return {
    results: [
      { ...line('database, the head after 10,000 revisions', old), goal: { kind: 'at most', value: 1.5, of: 'ratio' } },
      line('database, enforced 10 revisions behind', recent),
      line('database, enforced 10,000 revisions behind', ancient),
    ],
    notes: [
      `8 KiB buffers for the first page: ${buffers[0]} without a history; after 10,000 revisions ${buffers[1]} at the head, ` +
        `${buffers[2]} at a state 10 revisions behind, ${buffers[3]} at one 10,000 behind`,
    ],
  }
}

/** As the sample spreads the members of team 1. */
function memberNumber(member: number): number {
  return 1 + ((31 + member * (SIZE.users / SIZE.membersPerTeam)) % SIZE.users)
}
