/** A real `svnserve` with a password file and an authz file, on a port and directory of its own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findFreePort } from './ports/free-port.ts'
import { takesConnections } from './ports/takes-connections.ts'
import { makeScratchDirectory } from './scratch-directory.ts'

export interface ScratchSvnserveOptions {
  /** The directory the repositories are in. */
  readonly root: string
  /** The authz file; read anew on every connection, as this svnserve forks. */
  readonly authzFile: string
  readonly passwords: Readonly<Record<string, string>>
}

export interface ScratchSvnserve extends AsyncDisposable {
  /** Such as `svn://127.0.0.1:3690`; a repository's name comes after it. */
  readonly url: string
}

const START_TIMEOUT_MS = 10_000
const POLL_MS = 10

/** Starts svnserve and waits until it takes connections. */
export async function startScratchSvnserve(options: ScratchSvnserveOptions): Promise<ScratchSvnserve> {
  await using starting = new AsyncDisposableStack()
  const { path: directory } = starting.use(await makeScratchDirectory())
  const configuration = await writeConfiguration(directory, options)
  const port = await findFreePort()
  const address = ['--listen-host', '127.0.0.1', '--listen-port', String(port)]
  const args = ['--daemon', '--foreground', ...address, '--root', options.root, '--config-file', configuration]
  const child = spawn('svnserve', args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = once(child, 'exit')
  starting.defer(async () => {
    child.kill('SIGTERM')
    await ended
  })
  for (const deadline = Date.now() + START_TIMEOUT_MS; !(await takesConnections(port)); await delay(POLL_MS)) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('svnserve does not take connections.')
  }
  const running = starting.move()
  return { url: `svn://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

async function writeConfiguration(directory: string, options: ScratchSvnserveOptions): Promise<string> {
  const passwordFile = join(directory, 'passwd')
  const configuration = join(directory, 'svnserve.conf')
  const users = Object.entries(options.passwords).map(([user, password]) => `${user} = ${password}\n`)
  await writeFile(passwordFile, `[users]\n${users.join('')}`, { mode: 0o600 })
  await writeFile(configuration, svnserveConfiguration(passwordFile, options.authzFile))
  return configuration
}

/** An `svnserve.conf` by which everybody, visitors too, may do what the authz file says. */
export function svnserveConfiguration(passwordFile: string, authzFile: string): string {
  return `[general]
anon-access = read
auth-access = write
password-db = ${passwordFile}
authz-db = ${authzFile}
`
}
