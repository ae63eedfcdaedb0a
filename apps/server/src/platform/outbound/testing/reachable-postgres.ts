import { connect } from 'node:net'
import { Client } from 'pg'
import { testDatabase } from '../../database/test-database.ts'
import { startRelay } from './relay.ts'

/** A database of the real PostgreSQL, with an account that has a password, where a client on the network finds it. */
export interface ReachablePostgres extends AsyncDisposable {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly username: string
}

/** The embedded PostgreSQL listens on a socket in the file system alone, so connections to a port are passed on to that. */
export async function startReachablePostgres(password: string): Promise<ReachablePostgres> {
  await using starting = new AsyncDisposableStack()
  const { url } = starting.use(await testDatabase({ empty: true }))
  const database = new URL(url).pathname.slice(1)
  const username = `probed_${database.slice(-12)}`
  const admin = new Client({ connectionString: url })
  await admin.connect()
  await admin.query(`create role ${username} login password '${password}'`)
  starting.defer(async () => {
    await admin.query(`drop role ${username}`)
    await admin.end()
  })
  const { host: directory, port: ownPort } = admin
  const isSocket = directory.startsWith('/')
  const { port } = starting.use(
    await startRelay(() => (isSocket ? connect(`${directory}/.s.PGSQL.${ownPort}`) : connect(ownPort, directory))),
  )
  const running = starting.move()
  return {
    host: '127.0.0.1',
    port,
    database,
    username,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
