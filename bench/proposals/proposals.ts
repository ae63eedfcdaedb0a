import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startScratchServer } from '../../tools/scratch-server.ts'
import { CLIENTS, startBenchDatabase } from '../harness/bench-database.ts'
import { type Benchmark, type Findings, perSecond } from '../harness/benchmark.ts'
import { interleave } from '../harness/interleave.ts'
import { loadHttp, request } from '../harness/load-http.ts'
import { sampleId } from '../harness/sample-id.ts'
import { makeScratchDirectory } from '../harness/scratch-directory.ts'
import { seedOrganisation } from '../harness/seed-model.ts'
import { recordProposals } from './record-proposals.ts'
import { runPgbench } from './run-pgbench.ts'

// The revision is a number that is no other value of any statement.
const SIZE = { organisation: 1, revision: 1_000_000, users: 100_000, teams: 1000, membersPerTeam: 20 }
const ROUNDS = { rounds: 5, warmUps: 1 }
const SECONDS = 2
const MANY_CLIENTS = 48

/** Durable changes to one organisation's model. */
export const proposals: Benchmark = {
  name: 'proposals',
  title: 'durable proposals a second (create a team; add a member), one organisation',
  async run(): Promise<Findings> {
    await using bench = await startBenchDatabase()
    await using scratch = await makeScratchDirectory()
    await seedOrganisation(bench.pool, SIZE)
    const scripts = await Promise.all((await recordProposals(bench)).map((script, n) => save(scratch.path, n, script)))
    await using server = await startScratchServer({ env: { PORTREEVE_DATABASE_URL: bench.url } })
    const pgbench = (clients: number) => runPgbench({ url: bench.url, scripts, clients, seconds: SECONDS })
    const http = (clients: number) =>
      loadHttp({ ...server, clients, durationMs: SECONDS * 1000, next: proposer(server.token) })
    const rates = await interleave(
      {
        ours: () => http(CLIENTS),
        peer: () => pgbench(CLIENTS),
        many: () => http(MANY_CLIENTS),
        one: () => pgbench(1),
      },
      ROUNDS,
    )
    const goal = { kind: 'at least', value: 1, of: 'ratio' } as const
    const ours = { what: `over HTTP, ${CLIENTS} clients`, ours: perSecond(rates.ours) }
    const many = { what: `over HTTP, ${MANY_CLIENTS} clients`, ours: perSecond(rates.many) }
    const peer = { name: `pgbench, ${CLIENTS} clients`, ...perSecond(rates.peer) }
    return {
      results: [
        { ...ours, peer, goal },
        { ...ours, peer: { name: 'pgbench, 1 client (no waiting for turns)', ...perSecond(rates.one) } },
        { ...many, peer },
      ],
      notes: [],
    }
  },
}

async function save(directory: string, n: number, script: string): Promise<string> {
  const path = join(directory, `proposal-${n}.sql`)
  await writeFile(path, script)
  return path
}

/** By turns a new team, and a member for any team there is. */
function proposer(token: string): () => Buffer {
  const run = Date.now()
  let count = 0
  return () => {
    count += 1
    if (count % 2 === 0) return request('POST', '/api/teams', { token, body: { name: `bench ${run} ${count}` } })
    const team = sampleId('team', 1 + Math.floor(Math.random() * SIZE.teams))
    const user = sampleId('user', 1 + Math.floor(Math.random() * SIZE.users))
    return request('POST', `/api/teams/${team}/members/${user}`, { token })
  }
}
