import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { makeCertificate } from './certificate.ts'
import { startRelay } from './relay.ts'

/** A database of a real MariaDB, with an account that has a password, where a client on the network finds it. */
export interface ReachableMysql extends AsyncDisposable {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly username: string
}

const SERVER = '/usr/sbin/mariadbd'
/** What `mariadb-install-db` runs; that itself needs a package that the server does not. */
const SYSTEM_TABLES = ['mysql_system_tables.sql', 'mysql_system_tables_data.sql'].map(
  (name) => `/usr/share/mysql/${name}`,
)
const [DATABASE, USERNAME] = ['probed', 'prober']

/** Offers encrypted connections, too, under a certificate that nobody has signed. */
export async function startReachableMysql(password: string): Promise<ReachableMysql> {
  await using starting = new AsyncDisposableStack()
  const { path: home } = starting.use(await mkdtempDisposable(join(tmpdir(), 'portreeve-mysql-')))
  const [data, socket] = [join(home, 'data'), join(home, 'socket')]
  const common = ['--no-defaults', `--datadir=${data}`, `--user=${userInfo().username}`, '--innodb-log-file-size=4M']
  await mkdir(data)
  await makeSystemTables(common)
  const accounts = join(home, 'accounts.sql')
  // One statement a line.
  await writeFile(
    accounts,
    `create database ${DATABASE};
create user ${USERNAME}@localhost identified by '${password}';
grant select on ${DATABASE}.* to ${USERNAME}@localhost;
`,
  )
  const { key, certificate } = await makeCertificate(home)
  const tls = [`--ssl-key=${key}`, `--ssl-cert=${certificate}`]
  const place = ['--skip-networking', `--socket=${socket}`, `--pid-file=${join(home, 'pid')}`]
  starting.use(await startServer([...common, ...place, ...tls, `--init-file=${accounts}`]))
  const { port } = starting.use(await startRelay(() => connect(socket)))
  const running = starting.move()
  return {
    host: '127.0.0.1',
    port,
    database: DATABASE,
    username: USERNAME,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

async function makeSystemTables(options: readonly string[]): Promise<void> {
  const making = spawn(SERVER, [...options, '--bootstrap'], { stdio: ['pipe', 'ignore', 'ignore'] })
  const ended = once(making, 'exit')
  const tables = await Promise.all(SYSTEM_TABLES.map((file) => readFile(file, 'utf8')))
  making.stdin.end(['create database mysql;', 'use mysql;', ...tables].join('\n'))
  const [code] = await ended
  if (code !== 0) throw new Error(`${SERVER} could not make its system tables.`)
}

async function startServer(options: readonly string[]): Promise<AsyncDisposable> {
  const server = spawn(SERVER, options, { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(server, 'exit')
  const said: string[] = []
  for await (const line of createInterface({ input: server.stderr })) {
    said.push(line)
    if (line.includes('ready for connections')) {
      server.stderr.resume()
      return {
        async [Symbol.asyncDispose]() {
          server.kill('SIGKILL')
          await ended
        },
      }
    }
  }
  throw new Error(`${SERVER} did not start:\n${said.join('\n')}`)
}
