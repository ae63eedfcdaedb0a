import { setImmediate as immediate } from 'node:timers/promises'
import { sqlAuditStore } from '../../apps/server/src/features/audit/audit.sql.ts'
import { sqlChainReader, sqlSealStore } from '../../apps/server/src/features/audit/chain/seals.sql.ts'
import { type SealRecordsDeps, sealRecords } from '../../apps/server/src/features/audit/index.ts'
import { type BenchDatabase, startBenchDatabase } from '../harness/bench-database.ts'
import { type Benchmark, type Findings, perSecond, type Result } from '../harness/benchmark.ts'
import { interleave, timed } from '../harness/interleave.ts'
import { ALL, measureLongAudit } from './long-audit.ts'

const RECORDS = 50_000
const ROUNDS = { rounds: 5, warmUps: 1 }
const ORGANISATIONS = Array.from({ length: RECORDS / 5 }, (_, index) => index + 1)

/** How fast records are sealed, and what a long audit costs those who verify and read it. */
export const audit: Benchmark = {
  name: 'audit',
  title: `sealing ${RECORDS.toLocaleString('en')} records, and an audit of ${ALL.toLocaleString('en')}`,
  async run(): Promise<Findings> {
    const sealing = await measureSealing()
    return { results: [sealing, ...(await measureLongAudit())], notes: [] }
  },
}

/** Beside writing as many seals that are known already. */
async function measureSealing(): Promise<Result> {
  await using bench = await startBenchDatabase()
  await bench.pool.query('create table plain_seal (like audit_seal including all)')
  await bench.pool.query('create table plain_source (like audit_seal)')
  const deps = sealingOn(bench)
  const rates = await interleave(
    {
      sealed: async () => {
        await write(bench)
        return rateOf(await timed(() => sealRecords(deps)))
      },
      plain: async () => {
        await bench.pool.query(`truncate plain_seal, plain_source;
            insert into plain_source select n, n, sha256(n::text::bytea) from generate_series(1, ${RECORDS}) n`)
        return rateOf(await timed(() => bench.pool.query('insert into plain_seal select * from plain_source')))
      },
    },
    ROUNDS,
  )
  return {
    what: 'records of a bulk job are sealed',
    ours: perSecond(rates.sealed),
    peer: { name: 'INSERT … SELECT of as many seals', ...perSecond(rates.plain) },
    goal: { kind: 'at least', value: 20_000, of: 'ours' },
  }
}

function rateOf(ms: number): number {
  return (RECORDS / ms) * 1000
}

function sealingOn({ database }: BenchDatabase): SealRecordsDeps {
  return {
    chain: sqlChainReader(database),
    inTransaction: (work) => database.transaction((tx) => work(sqlSealStore(tx))),
    breathe: immediate,
  }
}

async function write({ database }: BenchDatabase): Promise<void> {
  for (let written = 0; written < RECORDS; written += ORGANISATIONS.length) {
    await sqlAuditStore(database).recordForEach(ORGANISATIONS, {
      at: new Date(),
      actor: { id: null, name: 'admin', via: 'token' },
      action: 'permitted_client.add',
      object: { type: 'client', id: 'app' },
      requestId: 'bench',
    })
  }
}
