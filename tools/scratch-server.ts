/** A real server process on a directory of its own, for journeys, benches and the demo. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findFreePort } from './ports/free-port.ts'
import { makeScratchDirectory } from './scratch-directory.ts'

export interface ScratchServerOptions {
  /** Kept when the server is disposed; a temporary one, deleted then, when absent. */
  readonly dataDir?: string
  /** Further variables of the server's environment. Of ours it gets only what is given here. */
  readonly env?: Readonly<Record<string, string>>
  /** `warn` when absent. */
  readonly logLevel?: string
  /** A free one when absent. */
  readonly port?: number
}

export interface ScratchServer extends AsyncDisposable {
  readonly url: string
  /** Of the superadmin: `Authorization: Bearer <token>`. Outlives restarts. */
  readonly token: string
  readonly dataDir: string
  /** Where the generated files are published. */
  readonly authzDir: string
  /** The present process's; undefined while it is down. */
  readonly pid: number | undefined
  /** Ends the process, if it still runs, with this signal, and waits until it is gone. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Starts it again on the same directory and port, after stopping it properly if it still runs. */
  restart(): Promise<void>
}

/** Whom every scratch server has as its superadmin. */
export const SCRATCH_ADMIN = { email: 'root@example.org', password: 'correct-horse' } as const

const MAIN = fileURLToPath(new URL('../apps/server/src/main.ts', import.meta.url))
const START_TIMEOUT_MS = 90_000
const STOP_TIMEOUT_MS = 10_000
const POLL_MS = 25

/** Starts a server and waits until it is ready. Rejects with the end of its log when it does not become so. */
export async function startScratchServer(options: ScratchServerOptions = {}): Promise<ScratchServer> {
  await using starting = new AsyncDisposableStack()
  const dataDir = options.dataDir ?? starting.use(await makeScratchDirectory()).path
  await mkdir(dataDir, { recursive: true })
  const port = options.port ?? (await findFreePort())
  const env = {
    ...withoutOurs(process.env),
    PORTREEVE_LOG_LEVEL: options.logLevel ?? 'warn',
    PORTREEVE_BOOTSTRAP_EMAIL: SCRATCH_ADMIN.email,
    PORTREEVE_BOOTSTRAP_PASSWORD: SCRATCH_ADMIN.password,
    ...options.env,
    PORTREEVE_DATA_DIR: dataDir,
    PORTREEVE_PORT: String(port),
  }
  const url = `http://127.0.0.1:${port}`
  const server = new ServerProcess({ url, env, logFile: join(dataDir, 'server.log') })
  starting.defer(() => stop(server, dataDir))
  await server.start()
  const token = await makeToken(url)
  const running = starting.move()
  return {
    url,
    token,
    dataDir,
    authzDir: options.env?.['PORTREEVE_AUTHZ_DIR'] ?? join(dataDir, 'authz'),
    get pid() {
      return server.pid
    },
    kill: (signal) => server.kill(signal),
    async restart() {
      await server.kill('SIGTERM')
      await server.start()
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

interface ServerProcessOptions {
  readonly url: string
  readonly env: NodeJS.ProcessEnv
  readonly logFile: string
}

class ServerProcess {
  readonly #options: ServerProcessOptions
  #child: ChildProcess | undefined
  #ended: Promise<unknown> = Promise.resolve()

  constructor(options: ServerProcessOptions) {
    this.#options = options
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  async start(): Promise<void> {
    const { url, env, logFile } = this.#options
    // Into a file: a pipe would tie the server to whoever started it.
    await using log = await open(logFile, 'a')
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', log.fd, log.fd] })
    this.#child = child
    this.#ended = once(child, 'exit').finally(() => {
      if (this.#child === child) this.#child = undefined
    })
    for (const deadline = Date.now() + START_TIMEOUT_MS; !(await isReady(url)); await delay(POLL_MS)) {
      if (this.#child === child && Date.now() < deadline) continue
      await this.kill('SIGKILL')
      const said = await readFile(logFile, 'utf8')
      throw new Error(`The server did not become ready:\n${said.split('\n').slice(-20).join('\n')}`)
    }
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    this.#child?.kill(signal)
    await this.#ended
  }
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`).catch(() => undefined)
  await answer?.body?.cancel()
  return answer?.ok ?? false
}

async function makeToken(url: string): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const logIn = await fetch(`${url}/v1/admin/login/`, { method: 'POST', headers, body: JSON.stringify(SCRATCH_ADMIN) })
  if (!logIn.ok) throw new Error(`Signing in failed: ${logIn.status} ${await logIn.text()}`)
  const [cookie = ''] = (logIn.headers.get('set-cookie') ?? '').split(';', 1)
  const answer = await fetch(`${url}/api/tokens`, {
    method: 'POST',
    headers: { ...headers, cookie, origin: url },
    body: JSON.stringify({ name: `scratch ${Date.now()}` }),
  })
  if (!answer.ok) throw new Error(`Making a token failed: ${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { token: string }).token
}

/** Stops the server and, when it was killed before it could, the PostgreSQL that it left behind. */
async function stop(server: ServerProcess, dataDir: string): Promise<void> {
  await server.kill('SIGTERM')
  const file = await readFile(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(file.split('\n', 1)[0])
  if (!(pid > 1 && signal(pid, 'SIGQUIT'))) return
  for (const deadline = Date.now() + STOP_TIMEOUT_MS; signal(pid, 0) && Date.now() < deadline; ) await delay(POLL_MS)
}

function signal(pid: number, which: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, which)
  } catch {
    return false
  }
}

function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('PORTREEVE_')))
}
