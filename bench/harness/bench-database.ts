import { migrations } from '../../apps/server/src/migrations/index.ts'
import type { Database } from '../../apps/server/src/platform/database/database.ts'
import { startEmbeddedPostgres } from '../../apps/server/src/platform/database/embedded-postgres.ts'
import { migrate } from '../../apps/server/src/platform/database/migrate.ts'
import { openDatabase, openPool } from '../../apps/server/src/platform/database/open-database.ts'
import { makeScratchDirectory } from './scratch-directory.ts'

export type Pool = ReturnType<typeof openPool>

export interface BenchDatabase extends AsyncDisposable {
  readonly url: string
  /** As the server uses it. */
  readonly database: Database
  /** The bare driver on the same database, as many connections as there are clients. */
  readonly pool: Pool
}

/** How many clients ask at once, of us and of the peer. */
export const CLIENTS = 16

const silent = { info: () => undefined, warn: () => undefined }

/** An embedded PostgreSQL with the server's own settings, fsync included, and the schema in it. */
export async function startBenchDatabase(): Promise<BenchDatabase> {
  await using starting = new AsyncDisposableStack()
  const directory = starting.use(await makeScratchDirectory())
  const { url } = starting.use(
    await startEmbeddedPostgres({ dataDir: directory.path, log: silent, durability: 'durable' }),
  )
  await migrate({ url }, migrations)
  const database = starting.use(openDatabase({ url, poolSize: CLIENTS }))
  const pool = openPool({ url, poolSize: CLIENTS })
  starting.defer(() => pool.end())
  const running = starting.move()
  return { url, database, pool, [Symbol.asyncDispose]: () => running.disposeAsync() }
}
