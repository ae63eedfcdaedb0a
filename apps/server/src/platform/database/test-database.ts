import { createHash, randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { migrations } from '../../migrations/index.ts'
import type { Database } from './database.ts'
import { migrate } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import { startTestCluster } from './test-cluster.ts'

/** A migrated, empty database of one test's own; dropped when disposed. */
export interface TestDatabase extends AsyncDisposable {
  readonly db: Database
  readonly url: string
}

export interface TestDatabaseOptions {
  /** Without any schema, for tests of the migrations themselves. */
  readonly empty?: boolean
}

let server: Promise<string> | undefined
let template: Promise<string> | undefined

/**
 * Copies the migrated template, on the server of PORTREEVE_TEST_DATABASE_URL or else on an embedded one that this
 * process starts at the first call and removes when it ends.
 */
export async function testDatabase({ empty = false }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  server ??= findServer()
  const serverUrl = await server
  template ??= makeTemplate(serverUrl)
  const source = empty ? 'template0' : await template
  const name = `portreeve_test_${randomUUID().replaceAll('-', '')}`
  // A third of the time that copying through the write-ahead log takes.
  await administer(serverUrl, `create database ${name} template ${source} strategy file_copy`)
  const url = withDatabase(serverUrl, name)
  // Many files of one process begin at once, each with a server of its own: on a busy machine that takes a while.
  const db = openDatabase({ url, allowExitOnIdle: true, connectTimeoutMs: 60_000 })
  return {
    db,
    url,
    async [Symbol.asyncDispose]() {
      await db[Symbol.asyncDispose]()
      await administer(serverUrl, `drop database if exists ${name} with (force)`)
    },
  }
}

async function findServer(): Promise<string> {
  return process.env['PORTREEVE_TEST_DATABASE_URL'] ?? (await startTestCluster()).url
}

/** One for each state of the migrations, shared by all processes that test on the same server. */
async function makeTemplate(serverUrl: string): Promise<string> {
  const state = createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 16)
  const name = `portreeve_template_${state}`
  await withClient(serverUrl, async (client) => {
    // Held until the connection closes. Whoever comes second finds the template whole.
    await client.query(`select pg_advisory_lock(hashtext($1))`, [name])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount !== 0) return
    const unfinished = `${name}_unfinished`
    await client.query(`drop database if exists ${unfinished} with (force)`)
    await client.query(`create database ${unfinished} template template0 encoding 'UTF8'`)
    await migrate({ url: withDatabase(serverUrl, unfinished) }, migrations)
    await client.query(`alter database ${unfinished} rename to ${name}`)
  })
  return name
}

async function administer(serverUrl: string, command: string): Promise<void> {
  await withClient(serverUrl, (client) => client.query(command))
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}
