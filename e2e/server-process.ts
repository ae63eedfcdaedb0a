import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { makeScratchDirectory } from '../tools/scratch-directory.ts'

const MAIN = fileURLToPath(new URL('../apps/server/src/main.ts', import.meta.url))
const POLL_MS = 20

/** A server started as one would by hand, for what it says and how it ends. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string
  readonly dataDir: string
  /** Everything it has written so far, on either stream. */
  readonly said: string
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>
  signal(signal: NodeJS.Signals): void
  /** Waits until it has written what matches, and answers the match; rejects when it ends instead. */
  says(pattern: RegExp): Promise<RegExpMatchArray>
}

export interface ServerProcessOptions {
  readonly env: Readonly<Record<string, string>>
  readonly port: number
  /** Kept when disposed; a temporary one, deleted then, when absent. */
  readonly dataDir?: string
  readonly args?: readonly string[]
}

export async function spawnServer({ env, port, dataDir, args = [] }: ServerProcessOptions): Promise<ServerProcess> {
  await using starting = new AsyncDisposableStack()
  const directory = dataDir ?? starting.use(await makeScratchDirectory()).path
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env['PATH'], PORTREEVE_DATA_DIR: directory, PORTREEVE_PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      said += part
    })
  }
  let hasEnded = false
  const ended = once(child, 'close').then(([code]) => {
    hasEnded = true
    return code as number | null
  })
  starting.defer(async () => {
    child.kill('SIGTERM')
    await ended
  })
  const running = starting.move()
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir: directory,
    get said() {
      return said
    },
    ended,
    signal: (signal) => child.kill(signal),
    async says(pattern) {
      for (;;) {
        const match = said.match(pattern)
        if (match) return match
        if (hasEnded) throw new Error(`The server ended without saying ${pattern}:\n${said}`)
        await delay(POLL_MS)
      }
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
