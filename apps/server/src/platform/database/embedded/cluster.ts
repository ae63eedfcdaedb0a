import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, chown, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { embeddedPostgresErrors } from './embedded-postgres-errors.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { chooseServiceAccount, commandAs, extendReach, type ServiceAccount } from './service-account.ts'
import type { Durability } from './settings.ts'

export const SUPERUSER = 'portreeve'

/** One PostgreSQL cluster on disk, ready to be started. */
export interface Cluster {
  /** PostgreSQL's own data directory. */
  readonly path: string
  /** For the socket; nobody but the cluster's owner may enter. */
  readonly socketDirectory: string
  readonly password: string
  readonly account: ServiceAccount | undefined
}

export interface ClusterOptions {
  readonly binaries: PostgresBinaries
  /** The directory that holds the cluster, its password and its socket. */
  readonly home: string
  readonly durability: Durability
}

/** Makes the cluster under `home` unless it is there already, owned by an account PostgreSQL can run as. */
export async function prepareCluster({ binaries, home, durability }: ClusterOptions): Promise<Cluster> {
  const owner = await accountFor(home)
  await mkdir(home, { recursive: true })
  await own(home, owner)
  const account = owner && (await extendReach(owner, { home, programs: Object.values(binaries) }))
  const socketDirectory = join(home, 'run')
  await mkdir(socketDirectory, { recursive: true })
  await own(socketDirectory, account)
  const path = join(home, 'cluster')
  const password = await findOrMakePassword(home, account, await exists(path))
  if (!(await exists(path))) await initialise(binaries, { home, path, account, durability })
  return { path, socketDirectory, password, account }
}

/** A cluster that exists keeps its owner: root then runs PostgreSQL as that account, whatever it would choose today. */
async function accountFor(home: string): Promise<ServiceAccount | undefined> {
  const owner = await stat(home).catch(() => undefined)
  const self = process.getuid?.()
  if (owner === undefined || owner.uid === self) return chooseServiceAccount()
  if (self !== 0) throw embeddedPostgresErrors.not_owner(home, owner.uid)
  return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid }
}

async function own(path: string, account: ServiceAccount | undefined): Promise<void> {
  await chmod(path, 0o700)
  if (account !== undefined) await chown(path, account.uid, account.gid)
}

function passwordFile(home: string): string {
  return join(home, 'password')
}

/** The password is on disk before the cluster is, so that a crash in between cannot lock us out. */
async function findOrMakePassword(
  home: string,
  account: ServiceAccount | undefined,
  isRequired: boolean,
): Promise<string> {
  const path = passwordFile(home)
  const known = await readFile(path, 'utf8').catch(() => '')
  if (known !== '') return known
  if (isRequired) throw embeddedPostgresErrors.no_password(path)
  const password = randomBytes(24).toString('base64url')
  await using file = await open(`${path}.new`, 'w', 0o600)
  await file.writeFile(password)
  await file.sync()
  if (account !== undefined) await file.chown(account.uid, account.gid)
  await rename(`${path}.new`, path)
  return password
}

interface NewCluster {
  readonly home: string
  readonly durability: Durability
  readonly path: string
  readonly account: ServiceAccount | undefined
}

/** Makes the cluster beside its place and moves it there when whole: one that was interrupted is begun anew. */
async function initialise(
  { initdb }: PostgresBinaries,
  { home, path, account, durability }: NewCluster,
): Promise<void> {
  const unfinished = `${path}.new`
  await rm(unfinished, { recursive: true, force: true })
  const { command, args, identity } = commandAs(account, initdb, [
    ...['-D', unfinished, '-U', SUPERUSER, `--pwfile=${passwordFile(home)}`, '--auth=scram-sha-256'],
    // The builtin provider sorts by code point and needs neither the system's locales nor the packaged, old ICU.
    ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    '--no-instructions',
    ...(durability === 'scratch' ? ['--no-sync'] : []),
  ])
  const child = spawn(command, args, { ...identity, cwd: home, stdio: ['ignore', 'ignore', 'pipe'] })
  const [said, outcome] = await Promise.all([text(child.stderr), once(child, 'exit').catch(String)])
  if (outcome[0] !== 0) throw embeddedPostgresErrors.failed('be set up', said.trim() || String(outcome))
  await rename(unfinished, path)
  await using parent = await open(dirname(path))
  await parent.sync()
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
