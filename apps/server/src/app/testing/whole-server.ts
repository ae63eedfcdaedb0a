import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { type App, startApp } from '../../app.ts'
import { loadConfig } from '../../config/config.ts'
import type { Database } from '../../platform/database/database.ts'
import { testDatabase } from '../../platform/database/test-database.ts'

/** The server as `main.ts` starts it, jobs included, with what it logs. */
export interface WholeServer extends AsyncDisposable {
  readonly app: App
  readonly database: Database
  readonly dataDir: string
  readonly logged: readonly string[]
}

export async function startWholeServer(env: Readonly<Record<string, string>> = {}): Promise<WholeServer> {
  await using starting = new AsyncDisposableStack()
  const { url, db: database } = starting.use(await testDatabase())
  const dataDir = await mkdtemp(join(tmpdir(), 'portreeve-app-'))
  starting.defer(() => rm(dataDir, { recursive: true, force: true }))
  const config = loadConfig({
    env: { PORTREEVE_DATA_DIR: dataDir, PORTREEVE_DATABASE_URL: url, ...env },
    argv: [],
    readFile: () => '{}',
  })
  const logged: string[] = []
  const logger = pino({ level: 'trace' }, { write: (line) => void logged.push(line) })
  const app = starting.use(await startApp({ config: { ...config, port: 0 }, logger, version: '0.0.0' }))
  const running = starting.move()
  return { app, database, dataDir, logged, [Symbol.asyncDispose]: () => running.disposeAsync() }
}
