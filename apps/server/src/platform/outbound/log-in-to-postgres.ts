import { isIP } from 'node:net'
import { Client } from 'pg'
import { codeOf, type DatabaseLogin, type LoginOutcome, UNREACHABLE } from './database-login.ts'
import { LoginSocket } from './login-socket.ts'

/** There is no log-in without a database; this one every PostgreSQL has. */
const ANY_DATABASE = 'postgres'

/**
 * Logs in to a PostgreSQL and has it answer a query. NOTE: for a thread of its own (database-login-worker.ts). The driver trusts
 * the other side: what is not the protocol makes it throw where nobody catches, or go round in circles for good.
 */
export async function logInToPostgres(login: DatabaseLogin): Promise<LoginOutcome> {
  using over = new LoginSocket(login.reach)
  const client = prepareClient(login, over)
  try {
    await client.connect()
    await client.query('select')
    return 'connected'
  } catch (error) {
    return over.stopped ?? outcomeOf(error)
  }
}

function prepareClient(
  { address, host, port, database, tls, username, password }: DatabaseLogin,
  over: LoginSocket,
): Client {
  const client = new Client({
    host: address,
    port,
    database: database === '' ? ANY_DATABASE : database,
    user: username,
    password,
    application_name: 'portreeve',
    ssl: tls !== undefined && { rejectUnauthorized: tls === 'verify-full', ...serverName(host) },
    stream: () => over.socket,
  })
  // It is told by the rejection, too.
  client.on('error', () => undefined)
  if (tls !== 'verify-full') {
    // PostgreSQL, 20.5: the methods `password`, `ldap`, `pam`. Whoever listens on the way, or is the host by now, would have it.
    client.connection.prependListener('authenticationCleartextPassword', () => {
      client.password = ''
      over.stop('wants_cleartext')
    })
  }
  return client
}

/** RFC 6066, 3: a name and no address; of that the certificate is checked for the address connected to. */
function serverName(host: string): { readonly servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {}
}

// PostgreSQL, appendix A.
const OUTCOMES: Readonly<Record<string, LoginOutcome>> = {
  ...UNREACHABLE,
  '28P01': 'wrong_account',
  '28000': 'wrong_account',
  '3D000': 'unknown_database',
  // No right to connect to this one.
  '42501': 'unknown_database',
}

function outcomeOf(error: unknown): LoginOutcome {
  const code = codeOf(error)
  const known = OUTCOMES[code]
  if (known !== undefined) return known
  const isTls = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO)/.test(code)
  // pg's own words, and so not a server's.
  return isTls || (error instanceof Error && error.message.startsWith('The server does not support SSL'))
    ? 'tls_failed'
    : 'failed'
}
