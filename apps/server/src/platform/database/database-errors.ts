import { AppError, defineErrors, withCause } from '../../kernel/errors.ts'

const databaseErrors = defineErrors('database', {
  unavailable: { kind: 'unavailable', message: () => 'The database cannot be reached at the moment.' },
  timeout: { kind: 'unavailable', message: () => 'The database took too long to answer.' },
  busy: { kind: 'unavailable', message: () => 'Too many changes of the same thing at once. Try again.' },
})

/** Read off errors of pg, of Node's sockets, and of PostgreSQL alike. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}

const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOENT',
  'EACCES',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

// pg gives these no code. They are what its client and pool say when a connection was lost or never made.
const CONNECTION_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client (was closed|has encountered a connection error)|timeout expired|Cannot use a pool after)/

// PostgreSQL, appendix A: class 08 connection exceptions, 53 insufficient resources (too many connections, disk full),
// 57P01–57P05 shutdowns, 25P03 and 25P04 sessions ended by a time-out, 58 system errors, 28 and 3D000 refused log-ins.
const LOST_STATES = /^(08...|57P0[1-5]|25P0[34])$/
const UNAVAILABLE_STATES = /^(08...|53...|57P0[1-5]|25P0[34]|58...|28...|3D000)$/

/** True when the connection cannot be used again, whatever the server is doing. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error)
  if (SOCKET_CODES.has(code) || LOST_STATES.test(code)) return true
  // A prepared statement whose result a migration has changed stays unusable for as long as its connection lives.
  if (code === '0A000') return error instanceof Error && error.message.includes('cached plan')
  return error instanceof Error && CONNECTION_MESSAGES.test(error.message)
}

/** True when the same transaction may well succeed if run again: serialization failure or deadlock. */
export function isRetryable(error: unknown): boolean {
  const code = codeOf(error)
  return code === '40001' || code === '40P01'
}

/** Names what a caller can act on; anything else (a constraint, a wrong column) is returned as it came. */
export function toDatabaseError(error: unknown): unknown {
  if (error instanceof AppError) return error
  const code = codeOf(error)
  if (code === '57014' || code === '55P03') return withCause(databaseErrors.timeout(), error)
  if (isRetryable(error)) return withCause(databaseErrors.busy(), error)
  const lost = isConnectionLost(error) && code !== '0A000'
  return lost || UNAVAILABLE_STATES.test(code) ? withCause(databaseErrors.unavailable(), error) : error
}
