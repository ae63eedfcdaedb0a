import { fileURLToPath } from 'node:url'
import { makeScratchDirectory } from '../tools/scratch-directory.ts'
import { type WatchedProcess, watchProcess } from './watched-process.ts'

const MAIN = fileURLToPath(new URL('../apps/server/src/main.ts', import.meta.url))

/** A server started as one would by hand. */
export interface ServerProcess extends WatchedProcess {
  readonly url: string
  readonly dataDir: string
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
  const ours = { PATH: process.env['PATH'], PORTREEVE_DATA_DIR: directory, PORTREEVE_PORT: String(port) }
  const server = starting.use(watchProcess(MAIN, args, { ...ours, ...env }))
  const running = starting.move()
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir: directory,
    get said() {
      return server.said
    },
    ended: server.ended,
    signal: server.signal,
    says: server.says,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
