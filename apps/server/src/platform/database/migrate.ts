import { createHash } from 'node:crypto'
import { Client } from 'pg'
import { defineErrors } from '../../kernel/errors.ts'
import { type ConnectionOptions, toPgConfig } from './connection-options.ts'
import { toDatabaseError } from './database-errors.ts'

/** One step of the schema, run once in a transaction of its own. Never edited after it has landed. */
export interface Migration {
  /** `NNNN-what-it-does`; migrations run in the order of these names. */
  readonly name: string
  /** Any number of commands. */
  readonly sql: string
}

const migrationErrors = defineErrors('migration', {
  changed: {
    kind: 'conflict',
    message: (name: string) => `Migration ${name} was applied to this database with another text than it has now.`,
  },
  unknown: {
    kind: 'conflict',
    message: (name: string) =>
      `This database has had migration ${name}, which this version does not know. Start the newer Portreeve again.`,
  },
  unfit_server: { kind: 'unavailable', message: (problem: string) => `This database cannot be used: ${problem}` },
})

const NAME = /^\d{4}-[a-z0-9]+(-[a-z0-9]+)*$/
/** Any number will do, so long as every Portreeve takes the same and nothing else takes it: "prtrv" as bytes. */
const LOCK_KEY = 0x70_72_74_72_76
const OLDEST_SERVER = 15_00_00

/**
 * Brings the schema up to date and returns the names of the migrations it ran. Nodes that start together take turns.
 * Uses a connection of its own, since a migration may run longer than any statement of a request.
 */
export async function migrate(options: ConnectionOptions, migrations: readonly Migration[]): Promise<string[]> {
  checkNames(migrations)
  const client = new Client(toPgConfig(options))
  client.on('error', () => undefined) // the statement under way rejects with the same error
  try {
    await client.connect()
    await checkServer(client)
    // A session's lock: it ends with the connection, however that ends.
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY])
    return await applyMissing(client, migrations)
  } catch (error) {
    throw toDatabaseError(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

function checkNames(migrations: readonly Migration[]): void {
  let previous = ''
  for (const { name } of migrations) {
    if (!NAME.test(name) || name <= previous) throw new Error(`Migration "${name}" is misnamed or out of order.`)
    previous = name
  }
}

async function checkServer(client: Client): Promise<void> {
  const { rows } = await client.query(
    `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`,
  )
  const { version, encoding } = rows[0]
  if (version < OLDEST_SERVER) throw migrationErrors.unfit_server('it is older than PostgreSQL 15.')
  if (encoding !== 'UTF8') throw migrationErrors.unfit_server(`its encoding is ${encoding}; create it with UTF8.`)
}

async function applyMissing(client: Client, migrations: readonly Migration[]): Promise<string[]> {
  await client.query(`
    create table if not exists migration (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`)
  const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from migration')
  const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]))
  checkHistory(applied, migrations)
  const missing = migrations.filter(({ name }) => !applied.has(name))
  for (const migration of missing) await apply(client, migration)
  return missing.map(({ name }) => name)
}

function checkHistory(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map(({ name }) => name))
  for (const name of applied.keys()) if (!known.has(name)) throw migrationErrors.unknown(name)
  for (const migration of migrations) {
    const checksum = applied.get(migration.name)
    if (checksum !== undefined && checksum !== checksumOf(migration)) throw migrationErrors.changed(migration.name)
  }
}

async function apply(client: Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await client.query('insert into migration (name, checksum) values ($1, $2)', [
      migration.name,
      checksumOf(migration),
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => undefined)
    throw new Error(`Migration ${migration.name} failed; the database is as it was before it.`, { cause })
  }
}

function checksumOf({ sql }: Migration): string {
  return createHash('sha256').update(sql).digest('hex')
}
