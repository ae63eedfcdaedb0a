import { wireDirectories } from '../../apps/server/src/app/wiring/wire-directories.ts'
import { wireModel } from '../../apps/server/src/app/wiring/wire-model.ts'
import { addMembers } from '../../apps/server/src/features/teams/index.ts'
import { systemClock } from '../../apps/server/src/kernel/clock.ts'
import { uuidSource } from '../../apps/server/src/platform/id-source.ts'
import { makeSealingKey, SealedSecrets } from '../../apps/server/src/platform/security/sealed-secret.ts'
import { type BenchDatabase, startBenchDatabase } from '../harness/bench-database.ts'
import { type Benchmark, type Findings, ms } from '../harness/benchmark.ts'
import { interleave, timed } from '../harness/interleave.ts'
import { recordStatements } from '../harness/recorded-connection.ts'
import { sampleAdmin } from '../harness/sample-admin.ts'
import { sampleId, sampleIdSql } from '../harness/sample-id.ts'
import { seedOrganisation, settle } from '../harness/seed-model.ts'

const SIZE = { organisation: 1, revision: 1, users: 20_000, teams: 11, membersPerTeam: 1 }
const DEPTH = 10
const ADDED = 10_000
const ROUNDS = { rounds: 5, warmUps: 1 }

/** Everybody of a department at once, into a team far down: they join every team above it. */
export const addMembersAtOnce: Benchmark = {
  name: 'add-members',
  title: `one proposal that adds ${ADDED} of ${SIZE.users} users to a team with ${DEPTH} above it`,
  async run(): Promise<Findings> {
    await using bench = await startBenchDatabase()
    await seedOrganisation(bench.pool, SIZE)
    await stackTeams(bench)
    const propose = proposer(bench)
    let statements = 0
    const round = async (work: () => Promise<unknown>): Promise<number> => {
      const duration = await timed(work)
      await empty(bench)
      return duration
    }
    const times = await interleave(
      {
        ours: () =>
          round(async () => {
            statements = await propose()
          }),
        peer: () => round(() => insertPlainly(bench)),
      },
      ROUNDS,
    )
    return {
      results: [
        {
          what: `a durable proposal, ${ADDED * (DEPTH + 1)} rows`,
          ours: ms(times.ours),
          peer: { name: 'one INSERT of the same rows', ...ms(times.peer) },
          goal: { kind: 'at most', value: 2, of: 'ratio' },
        },
      ],
      notes: [`statements of the proposal, with its turn, its task and its audit record: ${statements}`],
    }
  },
}

const IDS = Array.from({ length: ADDED }, (_, n) => sampleId('user', 1 + n * (SIZE.users / ADDED)))
const LOWEST = sampleId('team', DEPTH + 1)

/** Each sample team below the one before it, without members. */
async function stackTeams({ pool }: BenchDatabase): Promise<void> {
  await pool.query(
    `update team_version set parent_id = ${sampleIdSql('team', 'n - 1')} from generate_series(2, ${DEPTH + 1}) n
     where team_id = ${sampleIdSql('team', 'n')}`,
  )
  await pool.query('truncate membership')
  await settle(pool)
}

async function empty({ pool }: BenchDatabase): Promise<void> {
  await pool.query('truncate membership')
  await pool.query('checkpoint')
}

/** Proposes it as the server does; answers how many statements that took. */
function proposer({ database }: BenchDatabase): () => Promise<number> {
  const recording = recordStatements(database)
  const { proposals } = wireModel({
    database: recording.database,
    clock: systemClock,
    ids: uuidSource,
    baseUrl: 'http://127.0.0.1',
    directories: wireDirectories({ database, sealer: new SealedSecrets(makeSealingKey()) }),
    hashPassword: async () => '',
    requestPublication: () => undefined,
    wakeQueue: async () => undefined,
  })
  return async () => {
    recording.statements.length = 0
    const input = { teamId: LOWEST, ids: IDS }
    await proposals.submit(addMembers, { caller: sampleAdmin, requestId: 'bench', respondAsync: false, input })
    return recording.statements.length
  }
}

/** The rows alone: no turn, no checks, nothing kept of who did it. */
async function insertPlainly({ pool }: BenchDatabase): Promise<void> {
  await pool.query({
    name: 'insert-plainly',
    text: `insert into membership (team_id, user_id, username, since)
      select ${sampleIdSql('team', 'team')}, app_user.id, app_user.username, 1
      from generate_series(1, ${DEPTH + 1}) team, app_user where app_user.id = any($1::uuid[])`,
    values: [IDS],
  })
}
