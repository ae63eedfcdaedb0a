import { execFile } from 'node:child_process'
import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { embeddedPostgresErrors } from './embedded-postgres-errors.ts'
import { parsePostmasterFile } from './postmaster-file.ts'

const run = promisify(execFile)

/** SIGINT: fast shutdown. SIGQUIT: immediate, recovers from the log at the next start. SIGKILL: when it is beyond both. */
const ESCALATION: readonly { signal: NodeJS.Signals; patienceMs: number }[] = [
  { signal: 'SIGINT', patienceMs: 30_000 },
  { signal: 'SIGQUIT', patienceMs: 10_000 },
  { signal: 'SIGKILL', patienceMs: 5_000 },
]

/**
 * Stops the postmaster that an earlier Portreeve left on this cluster when it was killed. The caller holds the data
 * directory's lock, so whatever runs there is nobody's.
 */
export async function stopOrphan(cluster: string): Promise<void> {
  const path = join(cluster, 'postmaster.pid')
  const file = parsePostmasterFile(await readFile(path, 'utf8').catch(() => ''))
  if (file === undefined) return
  if (await isPostmasterOf(cluster, file.pid)) await stopProcess(cluster, file.pid)
  // The number may by now be that of a stranger, or of a zombie nobody waits for, either of which PostgreSQL would
  // believe to be a rival. Children that outlive their postmaster it still detects, by their shared memory.
  if (isTaken(file.pid)) await rm(path, { force: true })
}

async function stopProcess(cluster: string, pid: number): Promise<void> {
  for (const { signal, patienceMs } of ESCALATION) {
    signalOrphan(pid, signal)
    for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await delay(20)) {
      if (!(await isPostmasterOf(cluster, pid))) return
    }
  }
  throw embeddedPostgresErrors.stuck_orphan(pid)
}

function signalOrphan(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended just now, or is not ours to stop: the wait that follows tells which.
  }
}

function isTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * A process id alone proves nothing after a reboot. A postmaster works in its cluster's directory, which Linux shows
 * however the path was spelled; elsewhere the command line has to do, as it has for root without CAP_SYS_PTRACE, which
 * Docker does not give: another account's directories are then hidden.
 */
async function isPostmasterOf(cluster: string, pid: number): Promise<boolean> {
  const theirs = await stat(`/proc/${pid}/cwd`).catch(() => undefined)
  if (theirs !== undefined) {
    const ours = await stat(cluster)
    return ours.ino === theirs.ino && ours.dev === theirs.dev
  }
  return (await commandLine(pid)).includes(`-D ${cluster} `)
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    return words.replaceAll('\0', ' ')
  }
  const { stdout } = await run('ps', ['-ww', '-o', 'args=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return stdout
}
