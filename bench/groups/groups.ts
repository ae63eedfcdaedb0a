import { sqlAuditStore } from '../../apps/server/src/features/audit/audit.sql.ts'
import { sqlPeopleReads } from '../../apps/server/src/features/data-sources/entries/people.sql.ts'
import { changeGroup } from '../../apps/server/src/features/data-sources/groups/change-group.ts'
import { deleteGroup } from '../../apps/server/src/features/data-sources/groups/delete-group.ts'
import { listGroups } from '../../apps/server/src/features/data-sources/groups/get-group.ts'
import { sqlGroupReadModel } from '../../apps/server/src/features/data-sources/groups/group-list.sql.ts'
import { sqlGroupStore } from '../../apps/server/src/features/data-sources/groups/group-store.sql.ts'
import { systemClock } from '../../apps/server/src/kernel/clock.ts'
import type { Connection } from '../../apps/server/src/platform/database/database.ts'
import { type BenchDatabase, startBenchDatabase } from '../harness/bench-database.ts'
import { type Benchmark, type Findings, ms, type Result } from '../harness/benchmark.ts'
import { interleave, timed } from '../harness/interleave.ts'
import { sampleAdmin } from '../harness/sample-admin.ts'
import { deletePlainly, listPlainly, movePlainly, type PlainList } from './plain-sql.ts'
import { GROUPS, seedOneTree, seedTree, TREES } from './seed-tree.ts'

const LIST_ROUNDS = { rounds: 60, warmUps: 20 }
const MOVE_ROUNDS = { rounds: 40, warmUps: 10 }
/** Two trees a round, each deleted once. */
const DELETE_ROUNDS = { rounds: TREES / 2 - 1, warmUps: 1 }

/** A tree of 100,000 groups and data sources: a page of it, and its branches moved and deleted. */
export const groups: Benchmark = {
  name: 'groups',
  title: `${GROUPS} groups in ${TREES} trees, with ${GROUPS} data sources in them`,
  async run(): Promise<Findings> {
    await using bench = await startBenchDatabase()
    await bench.pool.query(
      `insert into app_user (id, organisation_id, username, role, flags) values ($1, 1, $2, 'admin', $3)`,
      [sampleAdmin.userId, sampleAdmin.username, [...sampleAdmin.flags]],
    )
    await seedTree(bench.pool)
    const lists: Result[] = []
    for (const list of LISTS) lists.push(await measureList(bench, list))
    const [move, deletion] = [await measureMove(bench), await measureDelete(bench)]
    const all = await measureDeleteOfAll(bench)
    return {
      results: [...lists, move, deletion, all.result],
      notes: [
        `of deleting all, the longest statement took ${Math.round(all.longestMs)} ms of the 30,000 that one may take`,
        `the group that is moved has ${BRANCH_SIZE} groups below it; deleted are a tree of ${GROUPS / TREES} groups, and as many data sources ungrouped`,
      ],
    }
  },
}

interface List extends PlainList {
  readonly words?: readonly string[]
  readonly parentId?: number
}

const LISTS: readonly List[] = [
  { what: 'first page of all', offset: 0, where: 'true', values: [] },
  { what: 'page 1,000 of all', offset: 24_975, where: 'true', values: [] },
  { what: 'page of a group', offset: 0, where: 'parent_id = $1', values: [1], parentId: 1 },
  { what: 'page of a search', offset: 0, where: 'search_text like $1', values: ['%c0ffe%'], words: ['c0ffe'] },
]

async function measureList({ database, pool }: BenchDatabase, list: List): Promise<Result> {
  const deps = { groupLists: sqlGroupReadModel(database) }
  const { what, offset, words = [], parentId } = list
  const filter = { limit: 25, offset, words, firstLetter: undefined }
  const times = await interleave(
    {
      ours: () => timed(() => listGroups(deps, { caller: sampleAdmin, filter, parentId })),
      peer: () => timed(() => listPlainly(pool, list)),
    },
    LIST_ROUNDS,
  )
  const peer = { name: 'plain SQL, page and total', ...ms(times.peer) }
  return { what, ours: ms(times.ours), peer, goal: { kind: 'at most', value: 2, of: 'ratio' } }
}

/** A branch of the first tree: its root is the second of the tree's groups. */
const BRANCH = 1 + TREES
const BRANCH_SIZE = 1110
const HOMES = [2, 3] as const

async function measureMove({ database, pool }: BenchDatabase): Promise<Result> {
  const deps = { clock: systemClock, inTransaction: transactionsOn(database) }
  const homeOf = (round: number) => HOMES[round % 2] ?? 2
  const move = (parentId: number) =>
    changeGroup(deps, { caller: sampleAdmin, requestId: 'bench', id: BRANCH, fields: { parentId } })
  const times = await interleave(
    {
      // Away first: a move to where it is would be none.
      ours: async (round) => {
        await movePlainly(pool, BRANCH, homeOf(round + 1))
        return timed(() => move(homeOf(round)))
      },
      peer: async (round) => {
        await movePlainly(pool, BRANCH, homeOf(round + 1))
        return timed(() => movePlainly(pool, BRANCH, homeOf(round)))
      },
    },
    MOVE_ROUNDS,
  )
  return { what: 'move a branch', ours: ms(times.ours), peer: { name: 'one UPDATE', ...ms(times.peer) } }
}

async function measureDelete({ database, pool }: BenchDatabase): Promise<Result> {
  const deps = { clock: systemClock, inTransaction: transactionsOn(database) }
  let last = 0
  const nextTree = () => ++last
  const times = await interleave(
    {
      ours: () => timed(() => deleteGroup(deps, { caller: sampleAdmin, requestId: 'bench', id: nextTree() })),
      peer: () => timed(() => deletePlainly(pool, nextTree())),
    },
    DELETE_ROUNDS,
  )
  return {
    what: 'delete a tree',
    ours: ms(times.ours),
    peer: { name: 'UPDATE and DELETE', ...ms(times.peer) },
    goal: { kind: 'at most', value: 1.5, of: 'ratio' },
  }
}

/** Once each: a tree of all groups, with all data sources in it. */
async function measureDeleteOfAll({ database, pool }: BenchDatabase) {
  const root = 1
  await seedOneTree(pool)
  let longestMs = 0
  const watched = transactionsOn(database, (durationMs) => {
    longestMs = Math.max(longestMs, durationMs)
  })
  const deps = { clock: systemClock, inTransaction: watched }
  const ours = await timed(() => deleteGroup(deps, { caller: sampleAdmin, requestId: 'bench', id: root }))
  await seedOneTree(pool)
  const peer = await timed(() => deletePlainly(pool, root))
  const result: Result = {
    what: 'delete all in one tree',
    ours: ms(ours),
    peer: { name: 'UPDATE and DELETE', ...ms(peer) },
    goal: { kind: 'at most', value: 1.5, of: 'ratio' },
  }
  return { result, longestMs }
}

function transactionsOn(
  database: BenchDatabase['database'],
  onStatement: (durationMs: number) => void = () => undefined,
) {
  const watch = (tx: Connection): Connection => ({
    async query(statement, values) {
      const startedAtMs = performance.now()
      try {
        return await tx.query(statement, values)
      } finally {
        onStatement(performance.now() - startedAtMs)
      }
    },
  })
  const storesOn = (tx: Connection) => ({
    groups: sqlGroupStore(tx),
    people: sqlPeopleReads(tx),
    audit: sqlAuditStore(tx),
  })
  return <T>(work: (stores: ReturnType<typeof storesOn>) => Promise<T>) =>
    database.transaction((tx) => work(storesOn(watch(tx))))
}
