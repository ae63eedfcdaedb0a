import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Stats } from 'node:fs'
import { access, constants, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { embeddedPostgresErrors } from './embedded-postgres-errors.ts'

/**
 * What root can lend PostgreSQL so that it gets through directories that are closed to its account (capabilities(7)):
 * reading and searching anything, or passing over every permission. The lesser one is tried first. It does not suffice
 * where the programs themselves are root's alone, and Docker does not give it to its containers.
 */
const LENDABLE = ['dac_read_search', 'dac_override'] as const

export type Capability = (typeof LENDABLE)[number]

/** Whom PostgreSQL runs as, when not as ourselves. */
export interface ServiceAccount {
  readonly name: string
  readonly uid: number
  readonly gid: number
  /** Lent by root, where the account's own permissions do not reach. */
  readonly capability?: Capability
}

/** What PostgreSQL needs to get at. */
export interface Needs {
  /** The directory of the account's own that holds the cluster. */
  readonly home: string
  readonly programs: readonly string[]
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

/**
 * The account as it reaches everything: by its own permissions if they do, otherwise with a capability of root's.
 * Fails with what to do about it when neither is possible.
 *
 * With `dac_read_search` the database's superuser, whom only Portreeve can sign in as, reads every file on the machine;
 * with `dac_override` it writes them too. That is no more than Portreeve itself may do as root, but it gives up what
 * PostgreSQL's own account is for, so nothing is lent where the permissions suffice, and never a second capability.
 */
export async function extendReach(account: ServiceAccount, { home, programs }: Needs): Promise<ServiceAccount> {
  const paths = [home, ...programs]
  const beyond = await findUnreachable(account, paths)
  if (beyond === undefined) return account
  // Root that was itself stripped of `dac_override` could not work in the account's directory.
  const lendable = (await isWritable(home)) ? LENDABLE : []
  for (const capability of lendable) {
    const extended = { ...account, capability }
    if ((await findUnreachable(extended, paths)) === undefined) return extended
  }
  throw embeddedPostgresErrors.unreachable(account.name, beyond, await findBlocker(account, beyond))
}

async function findUnreachable(account: ServiceAccount, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (!(await reaches(account, path))) return path
  }
  return undefined
}

async function reaches(account: ServiceAccount, path: string): Promise<boolean> {
  const probe = commandAs(account, '/bin/sh', ['-c', 'test -r "$0" && test -x "$0"', path])
  const child = spawn(probe.command, probe.args, { ...probe.identity, stdio: 'ignore', cwd: '/' })
  // An `error` means that there is no `setpriv`: only Linux has it, in util-linux.
  const [status] = await once(child, 'exit').catch(() => [undefined])
  return status === 0
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  )
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

/** What to give `spawn`, of which `identity` belongs into its options. */
export interface AccountCommand {
  readonly command: string
  readonly args: readonly string[]
  readonly identity: { readonly uid?: number; readonly gid?: number }
}

/**
 * A program as it is run by the account, without root's supplementary groups. The process is the program's in every
 * case, since `setpriv` replaces itself by it.
 */
export function commandAs(
  account: ServiceAccount | undefined,
  program: string,
  args: readonly string[],
): AccountCommand {
  if (account === undefined) return { command: program, args, identity: {} }
  const { uid, gid, capability } = account
  if (capability === undefined) return { command: program, args, identity: { uid, gid } }
  const only = `-all,+${capability}`
  const privileges = [
    ...['--reuid', String(uid), '--regid', String(gid), '--clear-groups'],
    // Without it access(2), by which PostgreSQL looks for its programs, leaves out the capabilities of all but root.
    ...['--securebits', '+no_setuid_fixup'],
    // Ambient ones outlive exec(2); the bounding set keeps every other one from ever being had.
    ...[`--inh-caps=${only}`, `--ambient-caps=${only}`, `--bounding-set=${only}`],
  ]
  return { command: 'setpriv', args: [...privileges, program, ...args], identity: {} }
}
