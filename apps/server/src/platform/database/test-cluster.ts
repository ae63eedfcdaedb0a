import { existsSync, rmSync } from 'node:fs'
import { chmod, mkdtemp, readdir, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stopOrphan } from './embedded/orphan.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'

const PREFIX = 'portreeve-test-'
const silent = { info: () => undefined, warn: () => undefined }

/** An embedded PostgreSQL for tests, in a directory of its own, which both go when the process ends. */
export async function startTestCluster(): Promise<EmbeddedPostgres> {
  const parent = await chooseParent()
  await sweep(parent)
  const dataDir = await mkdtemp(join(parent, `${PREFIX}${process.pid}-`))
  let cluster: EmbeddedPostgres | undefined
  process.once('exit', () => removeNow(dataDir, cluster))
  // By default these end a process without its exit handlers.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
  await chmod(dataDir, 0o711) // as root, we run PostgreSQL as another user, who must get through
  cluster = await startEmbeddedPostgres({ dataDir, log: silent, durability: 'scratch' })
  return cluster
}

const ENOUGH_BYTES = 2 ** 30

/** Memory where there is plenty: a test database is some 300 files, made and deleted again within a second. */
async function chooseParent(): Promise<string> {
  const shm = await statfs('/dev/shm').catch(() => undefined)
  return shm !== undefined && shm.bavail * shm.bsize >= ENOUGH_BYTES ? '/dev/shm' : tmpdir()
}

/** Nothing can be awaited while a process ends. */
function removeNow(dataDir: string, cluster: EmbeddedPostgres | undefined): void {
  cluster?.abandon('SIGQUIT')
  const pidFile = join(dataDir, 'postgres', 'cluster', 'postmaster.pid')
  const clock = new Int32Array(new SharedArrayBuffer(4))
  for (let waitedMs = 0; existsSync(pidFile) && waitedMs < 2_000; waitedMs += 5) Atomics.wait(clock, 0, 0, 5)
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 })
}

/** Removes what test processes that were killed outright have left. */
async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = Number(name.match(/^portreeve-test-(\d+)-/)?.[1])
    if (Number.isNaN(pid) || isRunning(pid)) continue
    const dataDir = join(parent, name)
    // Another process may be sweeping the same, or it may belong to another user: either way it is not ours to do.
    await stopOrphan(join(dataDir, 'postgres', 'cluster'))
      .then(() => rm(dataDir, { recursive: true, force: true }))
      .catch(() => undefined)
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
