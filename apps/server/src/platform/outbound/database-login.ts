import type { Reach } from './address-rules.ts'

/** The kinds of database that one can log in to. */
export type DatabaseType = 'PostgreSQL' | 'MySQL'

/** What to log in to, and as whom. */
export interface DatabaseLogin {
  readonly type: DatabaseType
  /** Looked up already. */
  readonly address: string
  /** Whom a certificate must be for. */
  readonly host: string
  readonly port: number
  /** Empty: none in particular, where the kind of database can do without. */
  readonly database: string
  /** Encrypt, and accept any certificate, or only one for the host; not at all when undefined. */
  readonly tls: 'require' | 'verify-full' | undefined
  readonly username: string
  readonly password: string
  readonly reach: Reach
}

/** What became of it. Words of the server are not among it: it could say anything, the password included. */
export type LoginOutcome =
  | 'connected'
  | 'refused_address'
  | 'unreachable'
  | 'wrong_account'
  | 'unknown_database'
  | 'tls_failed'
  | 'wants_cleartext'
  | 'wants_host_name'
  | 'failed'

/** Node's errors of sockets, whatever is spoken over them. */
export const UNREACHABLE: Readonly<Record<string, LoginOutcome>> = {
  ECONNREFUSED: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EAFNOSUPPORT: 'unreachable',
}

/** The code of a driver's or of Node's error; empty when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
