import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { setImmediate as immediate } from 'node:timers/promises'
import { sqlChainReader, sqlSealStore } from '../../apps/server/src/features/audit/chain/seals.sql.ts'
import { verifyChain } from '../../apps/server/src/features/audit/chain/verify-chain.ts'
import { sealRecords } from '../../apps/server/src/features/audit/index.ts'
import { sqlAuditList } from '../../apps/server/src/features/audit/list/audit-list.sql.ts'
import type { AuditFilter } from '../../apps/server/src/features/audit/list/audit-list.ts'
import { type BenchDatabase, startBenchDatabase } from '../harness/bench-database.ts'
import { ms, perSecond, type Result } from '../harness/benchmark.ts'
import { interleave, timed } from '../harness/interleave.ts'

export const ALL = 1_000_000
const VERIFYING = { rounds: 3, warmUps: 0 }
const READING = { rounds: 21, warmUps: 3 }
const CHUNK = 2000
/** Within the time that a statement may take. */
const AT_ONCE = 50_000
const PAGE = 50
const READS = 20

/** An audit of years: all of it verified beside a plain read of it, and pages of it beside the same records by their ids. */
export async function measureLongAudit(): Promise<Result[]> {
  await using bench = await startBenchDatabase()
  await fill(bench)
  return [await measureVerifying(bench), ...(await measurePages(bench))]
}

/** 5,000 actors, 100,000 objects, ten acts. */
async function fill({ pool, database }: BenchDatabase): Promise<void> {
  for (let done = 0; done < ALL; done += AT_ONCE) {
    await pool.query(
      `insert into audit_record (organisation_id, at, actor_name, via, action, object_type, object_id, details, request_id)
       select 1, timestamptz '2020-01-01' + n * interval '1 minute', 'admin ' || n % 5000, 'token', 'rule.change' || n % 10, 'rule',
              md5((n % 100000)::text), jsonb_build_object('name', 'rule ' || n), 'request-' || n
       from generate_series($1::int + 1, $1::int + ${AT_ONCE}) n`,
      [done],
    )
  }
  await sealRecords({
    chain: sqlChainReader(database),
    inTransaction: (work) => database.transaction((tx) => work(sqlSealStore(tx))),
    breathe: immediate,
  })
  await pool.query('vacuum analyze audit_record, audit_seal')
}

async function measureVerifying({ pool, database }: BenchDatabase): Promise<Result> {
  const deps = { chain: sqlChainReader(database), breathe: immediate }
  const rates = await interleave(
    {
      verified: async () =>
        rateOf(async () => {
          const steps = await Array.fromAsync(verifyChain(deps, []))
          const outcome = steps.at(-1)
          assert.ok(outcome && 'outcome' in outcome && outcome.outcome === 'intact' && outcome.checked === ALL)
        }),
      plain: async () =>
        rateOf(async () => {
          for (let last = 0; last < ALL; last += CHUNK) {
            const { rows } = await pool.query({
              name: 'bench.plain-records',
              text: `select seal.*, record.* from audit_seal seal join audit_record record on record.id = seal.record_id
                     where seq > $1 and seq <= $1::bigint + ${CHUNK} order by seq`,
              values: [last],
            })
            for (const row of rows) createHash('sha256').update(row.object_id).digest()
          }
        }),
    },
    VERIFYING,
  )
  return {
    what: 'records verified, from the first to the last',
    ours: perSecond(rates.verified),
    peer: { name: 'the same records read, and something of each hashed', ...perSecond(rates.plain) },
  }
}

async function rateOf(work: () => Promise<void>): Promise<number> {
  return (ALL / (await timed(work))) * 1000
}

const PAGES: readonly { readonly what: string; readonly filter: AuditFilter; readonly before?: number }[] = [
  { what: 'the newest page', filter: {} },
  { what: 'a page in the middle', filter: {}, before: ALL / 2 },
  { what: 'a page of an actor', filter: { actorName: 'admin 77' } },
  {
    what: 'a page of an object',
    filter: { objectType: 'rule', objectId: createHash('md5').update('77').digest('hex') },
  },
  {
    what: 'a page of acts in a month',
    filter: { actionPrefix: 'rule.', from: new Date('2021-03-01'), to: new Date('2021-04-01') },
  },
  { what: 'the record of a request', filter: { requestId: 'request-500000' } },
]

async function measurePages({ pool, database }: BenchDatabase): Promise<Result[]> {
  const list = sqlAuditList(database)
  const results: Result[] = []
  for (const { what, filter, before } of PAGES) {
    const page = () => list.list(filter, { before, limit: PAGE })
    const ids = (await page()).map(({ id }) => id)
    const byId = () =>
      pool.query({
        name: 'bench.records-by-id',
        text: 'select * from audit_record join audit_seal on record_id = id where id = any($1::bigint[])',
        values: [ids],
      })
    const times = await interleave({ page: () => timeOf(page), byId: () => timeOf(byId) }, READING)
    results.push({
      what,
      ours: ms(times.page),
      peer: { name: `its ${ids.length} records by their ids`, ...ms(times.byId) },
    })
  }
  return results
}

async function timeOf(read: () => Promise<unknown>): Promise<number> {
  const total = await timed(async () => {
    for (let n = 0; n < READS; n += 1) await read()
  })
  return total / READS
}
