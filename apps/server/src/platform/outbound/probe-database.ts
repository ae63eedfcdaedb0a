import { Worker } from 'node:worker_threads'
import type { Reach } from './address-rules.ts'
import type { DatabaseLogin, DatabaseType, LoginOutcome } from './database-login.ts'
import { findAddresses, NoAddress } from './find-address.ts'

export interface Account {
  readonly username: string
  readonly password: string
}

export interface DatabasePlace {
  readonly type: DatabaseType
  readonly host: string
  readonly port: number
  /** Empty: none in particular. */
  readonly database: string
  /** Encrypt, and accept any certificate, or only one for the host; not at all when absent (as libpq's `sslmode`). */
  readonly tls?: 'require' | 'verify-full'
}

/** What became of an attempt. */
export type ProbeOutcome = LoginOutcome | 'unknown_host' | 'timed_out'

export interface ProbeOptions {
  readonly reach: Reach
  /** For all of it, looking up the name included. */
  readonly timeoutMs: number
}

/** Logs in to a database and has it answer a query. Resolves within the time, whatever the other side does. */
export async function probeDatabase(
  place: DatabasePlace,
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

async function tryAddresses(place: DatabasePlace, account: Account, { reach, over }: Attempt): Promise<ProbeOutcome> {
  let addresses: readonly string[]
  try {
    addresses = await findAddresses(place.host, reach)
  } catch (error) {
    if (!(error instanceof NoAddress)) throw error
    return error.reason === 'refused' ? 'refused_address' : 'unknown_host'
  }
  let outcome: ProbeOutcome = 'unreachable'
  for (const address of addresses) {
    if (over.aborted) break
    outcome = await logInApart({ ...place, tls: place.tls, address, reach, ...account }, over)
    if (outcome !== 'unreachable') break
  }
  return outcome
}

const WORKER = new URL('./database-login-worker.ts', import.meta.url)
const MOST_HEAP_MB = 64

/** In a thread of its own: what the other side says may end it, or keep it busy until it is ended, and nothing else. */
async function logInApart(login: DatabaseLogin, over: AbortSignal): Promise<LoginOutcome> {
  const { promise, resolve } = Promise.withResolvers<LoginOutcome>()
  const worker = new Worker(WORKER, {
    workerData: login,
    // Drivers take what is not given from PGPASSWORD and the like; and warnings of theirs are nobody's.
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
