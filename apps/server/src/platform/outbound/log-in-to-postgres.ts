import { isIP, Socket } from 'node:net'
import { Client } from 'pg'
import { isRefused, type Reach } from './address-rules.ts'

/** What to log in to, and as whom. */
export interface PostgresLogin {
  /** Looked up already. */
  readonly address: string
  /** Whom a certificate must be for. */
  readonly host: string
  readonly port: number
  readonly database: string
  /** Encrypt, and accept any certificate, or only one for the host; not at all when undefined. */
  readonly tls: 'require' | 'verify-full' | undefined
  readonly username: string
  readonly password: string
  readonly reach: Reach
}

export type LoginOutcome =
  | 'connected'
  | 'refused_address'
  | 'unreachable'
  | 'wrong_account'
  | 'unknown_database'
  | 'tls_failed'
  | 'wants_cleartext'
  | 'failed'

// What a PostgreSQL says to a log-in and `select` fits in a few hundred bytes.
const MOST_BYTES = 1024 * 1024
const WATCH_MS = 10

/**
 * Logs in to a PostgreSQL and has it answer a query. NOTE: for a thread of its own (postgres-login-worker.ts). The driver trusts
 * the other side: what is not the protocol makes it throw where nobody catches, or go round in circles for good.
 */
export async function logInToPostgres(login: PostgresLogin): Promise<LoginOutcome> {
  const socket = new Socket()
  const { client, stopped } = prepareClient(login, socket)
  const watch = setInterval(() => {
    if (socket.bytesRead > MOST_BYTES) socket.destroy(new Error('It says too much.'))
  }, WATCH_MS)
  try {
    await client.connect()
    await client.query('select')
    return 'connected'
  } catch (error) {
    return stopped() ?? outcomeOf(error)
  } finally {
    clearInterval(watch)
    socket.destroy()
  }
}

function prepareClient(
  { address, host, port, database, tls, username, password, reach }: PostgresLogin,
  socket: Socket,
) {
  let stopped: LoginOutcome | undefined
  const stop = (why: LoginOutcome) => {
    stopped = why
    socket.destroy()
  }
  // Before the driver says a word: whatever a later version of it makes of a host, it is checked.
  socket.once('connect', () => {
    if (reach === 'network' && isRefused(socket.remoteAddress ?? '')) stop('refused_address')
  })
  const client = new Client({
    host: address,
    port,
    database,
    user: username,
    password,
    application_name: 'portreeve',
    ssl: tls !== undefined && { rejectUnauthorized: tls === 'verify-full', ...serverName(host) },
    stream: () => socket,
  })
  // It is told by the rejection, too.
  client.on('error', () => undefined)
  if (tls !== 'verify-full') {
    // PostgreSQL, 20.5: the methods `password`, `ldap`, `pam`. Whoever listens on the way, or is the host by now, would have it.
    client.connection.prependListener('authenticationCleartextPassword', () => {
      client.password = ''
      stop('wants_cleartext')
    })
  }
  return { client, stopped: () => stopped }
}

/** RFC 6066, 3: a name and no address; of that the certificate is checked for the address connected to. */
function serverName(host: string): { readonly servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {}
}

// PostgreSQL, appendix A; Node's errors of sockets and TLS.
const OUTCOMES: Readonly<Record<string, LoginOutcome>> = {
  '28P01': 'wrong_account',
  '28000': 'wrong_account',
  '3D000': 'unknown_database',
  ECONNREFUSED: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EAFNOSUPPORT: 'unreachable',
}

function outcomeOf(error: unknown): LoginOutcome {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = OUTCOMES[code]
  if (known !== undefined) return known
  const isTls = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO)/.test(code)
  // pg's own words, and so not a server's.
  return isTls || (error instanceof Error && error.message.startsWith('The server does not support SSL'))
    ? 'tls_failed'
    : 'failed'
}
