import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { embeddedPostgresErrors } from './embedded-postgres-errors.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { parsePostmasterFile } from './postmaster-file.ts'
import { commandAs } from './service-account.ts'

export interface PostmasterOptions {
  readonly binaries: PostgresBinaries
  readonly cluster: Cluster
  readonly settings: Readonly<Record<string, string>>
  onLine(line: string): void
}

/** Recovery after a crash reads the log since the last checkpoint, which `max_wal_size` keeps to a few minutes' work. */
const START_PATIENCE_MS = 10 * 60_000
const POLL_MS = 15
const FAST_SHUTDOWN_MS = 30_000
const IMMEDIATE_SHUTDOWN_MS = 10_000

// Said by a postmaster that would have started a little later: the children of one that was killed still hold its
// shared memory or its socket until they notice; or another process has our port for the moment.
const PASSING_TROUBLE =
  /pre-existing shared memory block|is still in use|Is another postmaster|could not create any (TCP\/IP|Unix-domain) sockets/

/** A postmaster that ended before it was ready. */
export class FailedStart extends Error {
  override readonly name = 'FailedStart'
  readonly said: string

  constructor(said: string) {
    super('The postmaster ended before it was ready.')
    this.said = said
  }

  /** True when starting again shortly is worth while. */
  get isPassing(): boolean {
    return PASSING_TROUBLE.test(this.said)
  }
}

/** One running postmaster, our child. It does not keep the event loop alive. */
export class Postmaster {
  readonly pid: number
  /** Resolves when the process has ended, whyever. */
  readonly ended: Promise<void>
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, pid: number) {
    this.#child = child
    this.pid = pid
    // Whatever ends our process short of SIGKILL takes PostgreSQL along.
    const stopAlong = () => this.signal('SIGINT')
    process.once('exit', stopAlong)
    this.ended = new Promise((resolve) => {
      child.once('exit', () => {
        process.off('exit', stopAlong)
        resolve()
      })
    })
  }

  /** Resolves when it accepts connections; rejects with `FailedStart` when it ends instead. */
  static async start({ binaries, cluster, settings, onLine }: PostmasterOptions): Promise<Postmaster> {
    const { command, args, identity } = commandAs(cluster.account, binaries.postgres, [
      ...['-D', cluster.path],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ])
    const child = spawn(command, args, {
      ...identity,
      cwd: cluster.path,
      detached: true, // A process group of its own: Ctrl-C in the terminal must not stop it before we have drained.
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const said: string[] = []
    createInterface(child.stderr).on('line', (line) => {
      if (said.length < 20) said.push(line)
      onLine(line)
    })
    if (child.pid === undefined) {
      const [error] = await once(child, 'error')
      throw embeddedPostgresErrors.failed('be started', String(error))
    }
    child.on('error', () => undefined) // of a signal that came too late
    const postmaster = new Postmaster(child, child.pid)
    await postmaster.#waitUntilReady(cluster.path, said)
    child.unref()
    // The stream of a child's output is a socket, though its type does not say so.
    if ('unref' in child.stderr && typeof child.stderr.unref === 'function') child.stderr.unref()
    return postmaster
  }

  /** As pg_ctl does: the postmaster writes into its file when it is ready, before and without any connection. */
  async #waitUntilReady(clusterPath: string, said: readonly string[]): Promise<void> {
    const path = join(clusterPath, 'postmaster.pid')
    for (const deadline = Date.now() + START_PATIENCE_MS; Date.now() < deadline; await delay(POLL_MS)) {
      if (this.#hasEnded()) {
        if (!this.#child.stderr?.closed) await once(this.#child, 'close')
        throw new FailedStart(said.join('\n'))
      }
      const file = parsePostmasterFile(await readFile(path, 'utf8').catch(() => ''))
      if (file?.pid === this.pid && file.status === 'ready') return
    }
    await this.stop()
    throw embeddedPostgresErrors.failed('become ready', said.join('\n'))
  }

  #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  /** Fast shutdown: transactions under way are rolled back, everything committed is written out. */
  async stop(): Promise<void> {
    this.#child.ref()
    for (const [signal, patienceMs] of [
      ['SIGINT', FAST_SHUTDOWN_MS],
      ['SIGQUIT', IMMEDIATE_SHUTDOWN_MS],
    ] as const) {
      this.signal(signal)
      const patience = new AbortController()
      const expired = delay(patienceMs, true, { signal: patience.signal }).catch(() => false)
      const stillRuns = await Promise.race([this.ended.then(() => false), expired])
      patience.abort()
      if (!stillRuns) return
    }
    this.signal('SIGKILL')
    await this.ended
  }

  /** Also from a handler of the process's exit, where nothing can be awaited. */
  signal(signal: NodeJS.Signals): void {
    if (!this.#hasEnded()) this.#child.kill(signal)
  }
}
