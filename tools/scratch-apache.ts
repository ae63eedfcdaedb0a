/** A real Apache with `mod_dav_svn` and `mod_authz_svn`, on a port and directory of its own. Debian's files, not its configuration. */
import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { findFreePort } from './ports/free-port.ts'
import { takesConnections } from './ports/takes-connections.ts'
import { makeScratchDirectory } from './scratch-directory.ts'

export interface ScratchApacheOptions {
  readonly locations: readonly ApacheLocation[]
  readonly visitors: Visitors
  readonly passwords: Readonly<Record<string, string>>
}

/** Whether requests without a name are answered as far as the rules let everybody in, or nobody gets in without one. */
export type Visitors = 'let in' | 'asked who they are'

export interface ApacheLocation {
  /** Such as `/svn`. */
  readonly path: string
  /** What is served there and which rules it obeys, such as `SVNParentPath /srv/svn`, as Apache reads it. */
  readonly directives: readonly string[]
}

export interface ScratchApache extends AsyncDisposable {
  /** Such as `http://127.0.0.1:8080`; a location's path comes after it. */
  readonly url: string
}

const MODULES = '/usr/lib/apache2/modules'
const MODULE_NAMES = [
  'mpm_event',
  'authn_core',
  'authn_file',
  'authz_core',
  'authz_user',
  'auth_basic',
  'access_compat', // Satisfy
  'dav',
  'dav_svn',
  'authz_svn',
]
/** Whom Debian's Apache answers requests as, when root starts it. */
const ACCOUNT = 'www-data'
/** Longer than a client may be busy with something else between two requests. */
const KEEP_ALIVE_S = 60
const START_TIMEOUT_MS = 10_000
const POLL_MS = 10

/** Starts Apache and waits until it takes connections. Rejects with the end of its log when it does not. */
export async function startScratchApache(options: ScratchApacheOptions): Promise<ScratchApache> {
  await using starting = new AsyncDisposableStack()
  const { path: directory } = starting.use(await makeScratchDirectory())
  const port = await findFreePort()
  const configuration = join(directory, 'apache.conf')
  await writeFile(join(directory, 'passwords'), passwordFile(options.passwords))
  await writeFile(configuration, apacheConfiguration(directory, port, options))
  const args = ['-d', directory, '-f', configuration, '-DFOREGROUND']
  const child = spawn('/usr/sbin/apache2', args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = once(child, 'exit')
  starting.defer(async () => {
    child.kill('SIGTERM')
    await ended
  })
  for (const deadline = Date.now() + START_TIMEOUT_MS; !(await takesConnections(port)); await delay(POLL_MS)) {
    if (child.exitCode === null && Date.now() < deadline) continue
    const said = await readFile(join(directory, 'error.log'), 'utf8').catch(() => '')
    throw new Error(`Apache does not take connections.\n${said}`)
  }
  const running = starting.move()
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

/** Lets Apache write in a directory: started by root, it answers requests as another account. */
export async function giveToApache(directory: string): Promise<void> {
  if (process.getuid?.() !== 0) return
  await promisify(execFile)('chown', ['--recursive', `${ACCOUNT}:${ACCOUNT}`, directory])
}

function apacheConfiguration(directory: string, port: number, { locations, visitors }: ScratchApacheOptions): string {
  const modules = MODULE_NAMES.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`)
  const access = visitors === 'let in' ? ['Satisfy Any', 'Require valid-user'] : ['Require valid-user']
  const identity = ['AuthType Basic', 'AuthName Subversion', `AuthUserFile ${join(directory, 'passwords')}`]
  const served = locations.map(({ path, directives }) => {
    const inside = ['DAV svn', ...directives, ...identity, ...access]
    return `<Location ${path}>\n${inside.map((line) => `  ${line}\n`).join('')}</Location>`
  })
  return `${modules.join('\n')}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
User ${ACCOUNT}
Group ${ACCOUNT}
PidFile apache.pid
DefaultRuntimeDir ${directory}
ErrorLog error.log
KeepAliveTimeout ${KEEP_ALIVE_S}
${served.join('\n')}
`
}

/** In the one form of `htpasswd` that needs no library and costs no time; good for passwords that keep no secret. */
function passwordFile(passwords: Readonly<Record<string, string>>): string {
  const hashOf = (password: string): string => createHash('sha1').update(password).digest('base64')
  return Object.entries(passwords)
    .map(([user, password]) => `${user}:{SHA}${hashOf(password)}\n`)
    .join('')
}
