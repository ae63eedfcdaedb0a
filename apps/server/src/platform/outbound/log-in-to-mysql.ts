import { isIP } from 'node:net'
import mysql from 'mysql2'
import { type ConnectionOptions, createConnection } from 'mysql2/promise'
import { codeOf, type DatabaseLogin, type LoginOutcome, UNREACHABLE } from './database-login.ts'
import { LoginSocket } from './login-socket.ts'

/**
 * Logs in to a MySQL or a MariaDB and has it answer a query. NOTE: for a thread of its own (database-login-worker.ts): what is not
 * the protocol makes the driver throw where nobody catches.
 */
export async function logInToMysql(login: DatabaseLogin): Promise<LoginOutcome> {
  // Of an address the driver would check whether the certificate is one for `localhost`.
  if (login.tls === 'verify-full' && isIP(login.host) !== 0) return 'wants_host_name'
  using over = new LoginSocket(login.reach)
  try {
    const connecting = createConnection(optionsFor(login, over))
    over.socket.connect(login.port, login.address)
    const connection = await connecting
    // It is told by the rejection, too.
    connection.on('error', () => undefined)
    await connection.query('do 0')
    return 'connected'
  } catch (error) {
    return over.stopped ?? OUTCOMES[codeOf(error)] ?? 'failed'
  }
}

function optionsFor(
  { host, port, database, tls, username, password }: DatabaseLogin,
  over: LoginSocket,
): ConnectionOptions {
  return {
    // Whom the certificate must be for; where the connection goes is the socket's affair.
    host,
    port,
    user: username,
    password,
    ...(database !== '' && { database }),
    stream: () => over.socket,
    // The probe has its own limit.
    connectTimeout: 0,
    // A server that is asked anything may answer by asking for a file (MySQL, 8.1.6).
    flags: ['-LOCAL_FILES'],
    disableEval: true,
    ...(tls !== undefined && { ssl: { rejectUnauthorized: tls === 'verify-full', verifyIdentity: true } }),
    ...(tls === 'verify-full' ? { enableCleartextPlugin: true } : { authPlugins: withoutCleartext(over) }),
  }
}

/** MySQL, `caching_sha2_password`: "perform full authentication", to which the password itself is the answer. */
const FULL_AUTHENTICATION = Buffer.from([4])

/**
 * Ways to prove a password that end where it would be sent as it is, or under a key that the server names (MySQL, 8.4.1): whoever
 * listens on the way, or is the host by now, would have it.
 */
function withoutCleartext(over: LoginSocket): NonNullable<ConnectionOptions['authPlugins']> {
  const refuse = () => {
    over.stop('wants_cleartext')
    return null
  }
  return {
    mysql_clear_password: () => refuse,
    sha256_password: () => refuse,
    caching_sha2_password: (connecting) => {
      const answer = mysql.authPlugins.caching_sha2_password()(connecting)
      return (data) => (FULL_AUTHENTICATION.equals(data) ? refuse() : answer(data))
    },
  }
}

// MySQL, "Server Error Message Reference"; the driver's own.
const OUTCOMES: Readonly<Record<string, LoginOutcome>> = {
  ...UNREACHABLE,
  ER_ACCESS_DENIED_ERROR: 'wrong_account',
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: 'wrong_account',
  ER_BAD_DB_ERROR: 'unknown_database',
  // Of a database that is not there, too, to those who may not know.
  ER_DBACCESS_DENIED_ERROR: 'unknown_database',
  HANDSHAKE_NO_SSL_SUPPORT: 'tls_failed',
  HANDSHAKE_SSL_ERROR: 'tls_failed',
}
