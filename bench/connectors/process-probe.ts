/**
 * Preloaded into a process that is measured (`--import`): tells whoever connects to the socket that `BENCH_PROBE_SOCKET`
 * names what the process holds after a collection of garbage, and what it has done so far.
 */
import { createServer } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import process from 'node:process'
import { isMainThread } from 'node:worker_threads'
import pg from 'pg'

export interface ProbeReading {
  /** Of the whole process, in bytes. */
  readonly rss: number
  /** Of JavaScript's heap and of the memory that it holds outside, in bytes. */
  readonly heap: number
  /** Milliseconds in which the event loop was late, since the last reading. */
  readonly delay: { readonly p50: number; readonly p99: number; readonly most: number }
  /** Seconds of the processor, since the start. */
  readonly cpu: number
  /** How often each statement was run, since the start, by its name. */
  readonly statements: Readonly<Record<string, number>>
}

const RESOLUTION_MS = 10
const SOCKET = process.env['BENCH_PROBE_SOCKET']

if (SOCKET !== undefined && isMainThread) await serve(SOCKET)

async function serve(path: string): Promise<void> {
  const statements = countStatements()
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delays.enable()
  const server = createServer((socket) => socket.end(JSON.stringify(read(statements, delays))))
  server.listen(path).unref()
}

function read(statements: ReadonlyMap<string, number>, delays: ReturnType<typeof monitorEventLoopDelay>): ProbeReading {
  const [p50, p99, most] = [delays.percentile(50), delays.percentile(99), delays.max].map(
    (nanoseconds) => nanoseconds / 1e6 - RESOLUTION_MS,
  ) as [number, number, number]
  // Twice: the first finds what the second can let go.
  globalThis.gc?.()
  globalThis.gc?.()
  delays.reset()
  const { rss, heapUsed, external } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  return {
    rss,
    heap: heapUsed + external,
    delay: { p50, p99, most },
    cpu: (user + system) / 1e6,
    statements: Object.fromEntries(statements),
  }
}

/** All that goes to PostgreSQL goes through this method of the driver. */
function countStatements(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  const query: (...args: unknown[]) => unknown = pg.Client.prototype.query
  Object.assign(pg.Client.prototype, {
    query(this: pg.Client, ...args: unknown[]) {
      const [config] = args as [{ readonly name?: string } | string | undefined]
      const name = (typeof config === 'object' && config.name) || 'without a name'
      counts.set(name, (counts.get(name) ?? 0) + 1)
      return query.apply(this, args)
    },
  })
  return counts
}
