import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { findFreePort } from '../../tools/ports/free-port.ts'
import { makeScratchDirectory } from '../harness/scratch-directory.ts'

export interface Peer extends AsyncDisposable {
  readonly url: string
}

const PACKAGE = fileURLToPath(new URL('./peer/', import.meta.url))
const PROGRAM = join(PACKAGE, 'node_modules/@cerbos/cerbos-linux-x64/cerbos-linux-x64')
const START_TIMEOUT_MS = 120_000
/** The most that it allows. */
export const RESOURCES_A_REQUEST = 500

/** Cerbos with these policies, and without telemetry. Installs it beforehand. */
export async function startCerbos(policies: readonly object[]): Promise<Peer> {
  await promisify(execFile)('npm', ['ci', '--no-audit', '--no-fund'], { cwd: PACKAGE })
  await using starting = new AsyncDisposableStack()
  const { path } = starting.use(await makeScratchDirectory())
  const [port, grpcPort] = [await findFreePort(), await findFreePort()]
  await mkdir(join(path, 'policies'))
  const writing = policies.map((policy, n) => writeFile(join(path, `policies/${n}.json`), JSON.stringify(policy)))
  await Promise.all(writing)
  await writeFile(join(path, 'config.json'), JSON.stringify(configOf(path, { port, grpcPort })))
  const child = spawn(PROGRAM, ['server', '--log-level=error', `--config=${path}/config.json`], {
    stdio: 'ignore',
    env: { ...process.env, CERBOS_NO_TELEMETRY: '1' },
  })
  const ended = once(child, 'exit')
  starting.defer(async () => {
    child.kill('SIGTERM')
    await ended
  })
  const url = `http://127.0.0.1:${port}`
  for (const deadline = Date.now() + START_TIMEOUT_MS; !(await isUp(url)); await delay(50)) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('Cerbos did not start.')
  }
  const running = starting.move()
  return { url, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

function configOf(path: string, { port, grpcPort }: { port: number; grpcPort: number }) {
  return {
    server: {
      httpListenAddr: `127.0.0.1:${port}`,
      grpcListenAddr: `127.0.0.1:${grpcPort}`,
      requestLimits: { maxResourcesPerRequest: RESOURCES_A_REQUEST },
    },
    storage: { driver: 'disk', disk: { directory: join(path, 'policies'), watchForChanges: false } },
    telemetry: { disabled: true },
  }
}

async function isUp(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/_cerbos/health`).catch(() => undefined)
  await answer?.body?.cancel()
  return answer?.ok ?? false
}
