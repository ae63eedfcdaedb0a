import { Worker } from 'node:worker_threads'
import type { Reach } from './address-rules.ts'
import { findAddresses, NoAddress } from './find-address.ts'
import type { LoginOutcome, PostgresLogin } from './log-in-to-postgres.ts'

export interface Account {
  readonly username: string
  readonly password: string
}

export interface PostgresPlace {
  readonly host: string
  readonly port: number
  readonly database: string
  /** Encrypt, and accept any certificate, or only one for the host; not at all when absent (as libpq's `sslmode`). */
  readonly tls?: 'require' | 'verify-full'
}

/** What became of an attempt. Words of the server are not among it: it could say anything, the password included. */
export type ProbeOutcome = LoginOutcome | 'unknown_host' | 'timed_out'

export interface ProbeOptions {
  readonly reach: Reach
  /** For all of it, looking up the name included. */
  readonly timeoutMs: number
}

/** Logs in to a PostgreSQL and has it answer a query. Resolves within the time, whatever the other side does. */
export async function probePostgres(
  place: PostgresPlace,
  account: Account,
  { reach, timeoutMs }: ProbeOptions,
): Promise<ProbeOutcome> {
  const over = new AbortController()
  const limit = Promise.withResolvers<ProbeOutcome>()
  const timer = setTimeout(() => limit.resolve('timed_out'), timeoutMs)
  try {
    return await Promise.race([tryAddresses(place, account, { reach, over: over.signal }), limit.promise])
  } finally {
    clearTimeout(timer)
    over.abort()
  }
}

interface Attempt {
  readonly reach: Reach
  /** Aborted when nobody waits for the outcome any more. */
  readonly over: AbortSignal
}

async function tryAddresses(
  { host, port, database, tls }: PostgresPlace,
  account: Account,
  { reach, over }: Attempt,
): Promise<ProbeOutcome> {
  let addresses: readonly string[]
  try {
    addresses = await findAddresses(host, reach)
  } catch (error) {
    if (!(error instanceof NoAddress)) throw error
    return error.reason === 'refused' ? 'refused_address' : 'unknown_host'
  }
  let outcome: ProbeOutcome = 'unreachable'
  for (const address of addresses) {
    if (over.aborted) break
    outcome = await logInApart({ address, host, port, database, tls, reach, ...account }, over)
    if (outcome !== 'unreachable') break
  }
  return outcome
}

const WORKER = new URL('./postgres-login-worker.ts', import.meta.url)
const MOST_HEAP_MB = 64

/** In a thread of its own: what the other side says may end it, or keep it busy until it is ended, and nothing else. */
async function logInApart(login: PostgresLogin, over: AbortSignal): Promise<LoginOutcome> {
  const { promise, resolve } = Promise.withResolvers<LoginOutcome>()
  const worker = new Worker(WORKER, {
    workerData: login,
    // The driver takes what is not given from PGPASSWORD and the like; and warnings of its own are nobody's.
    env: {},
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
  })
  worker.on('message', resolve)
  worker.on('error', () => resolve('failed'))
  worker.on('exit', () => resolve('failed'))
  const end = () => void worker.terminate()
  over.addEventListener('abort', end)
  try {
    return await promise
  } finally {
    over.removeEventListener('abort', end)
    end()
  }
}
