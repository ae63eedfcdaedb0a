import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { embeddedPostgresErrors } from './embedded-postgres-errors.ts'

/** Whom PostgreSQL runs as, when not as ourselves. */
export interface ServiceAccount {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

const run = promisify(execFile)

/** PostgreSQL refuses to run as root, so root hands it to another account; anybody else keeps it (undefined). */
export async function chooseServiceAccount(): Promise<ServiceAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined
  return (
    (await findAccount('postgres')) ??
    (await findAccount('nobody')) ??
    Promise.reject(embeddedPostgresErrors.no_account())
  )
}

/** Asks `id`, which knows every source of accounts the system is configured for. */
async function findAccount(name: string): Promise<ServiceAccount | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}

/** Fails with what to do about it when the account cannot get to `path`. */
export async function requireReach(account: ServiceAccount, path: string): Promise<void> {
  const probe = spawn('/bin/sh', ['-c', 'test -r "$0" && test -x "$0"', path], {
    ...identity(account),
    stdio: 'ignore',
    cwd: '/',
  })
  const [status] = await once(probe, 'exit')
  if (status !== 0) throw embeddedPostgresErrors.unreachable(account.name, path, await findBlocker(account, path))
}

/** The outermost directory on the way to `path`, or `path` itself, that the account may not enter. */
async function findBlocker(account: ServiceAccount, path: string): Promise<string> {
  const way = [path]
  for (let at = path; dirname(at) !== at; at = dirname(at)) way.unshift(dirname(at))
  for (const directory of way) {
    if (!maySearch(account, await stat(directory))) return directory
  }
  return path
}

/** The first class that fits decides, as in access(2). */
function maySearch(account: ServiceAccount, { mode, uid, gid }: Stats): boolean {
  if (uid === account.uid) return (mode & 0o100) !== 0
  if (gid === account.gid) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}

/** What `spawn` takes to run as the account; the supplementary groups of root are dropped with it. */
export function identity(account: ServiceAccount | undefined): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid }
}
