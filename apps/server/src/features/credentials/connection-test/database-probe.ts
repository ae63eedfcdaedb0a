import type { DataSource } from '../../data-sources/index.ts'

/** Where a database is. */
export interface Place {
  readonly type: keyof typeof USUAL_PORTS
  readonly host: string
  readonly port: number
  /** Empty: none in particular. */
  readonly database: string
  /** Encrypt, and accept any certificate or only the host's; not at all when absent (as libpq's `sslmode`). */
  readonly tls?: 'require' | 'verify-full'
}

/** What became of an attempt to log in. */
export type Outcome = keyof typeof MESSAGES

/** Tries an account at a database, within 5 seconds whatever the other side does. */
export type DatabaseProbe = (
  place: Place,
  account: { readonly username: string; readonly password: string },
) => Promise<Outcome>

export const MESSAGES = {
  connected: 'The database answers.',
  not_supported: 'Databases of this type cannot be tried here; PostgreSQL and MySQL can.',
  no_host: 'The data source has no host: set its host, and its port where that is not the usual one.',
  unknown_host: 'There is no address for the host of the data source.',
  refused_address:
    'The host of the data source is an address of the server itself, of its link or of its cloud. PORTREEVE_TEST_REACH=anywhere allows these.',
  unreachable: 'Nothing answers at the host and port of the data source.',
  timed_out: 'The database did not answer in time.',
  wrong_account: 'The database refuses the username or the password.',
  unknown_database: 'The username and the password are right; there is no database of that name, or none for them.',
  tls_failed: 'No encrypted connection came about, or the certificate is not one for the host.',
  wants_cleartext:
    'The database asks for the password itself, which it is told over a verified connection alone: set the property sslmode to verify-full.',
  wants_host_name:
    'A certificate of MySQL is checked for a name: as its host the data source needs one, and no address.',
  failed: 'The database refuses the connection, or it is not a database of this type.',
} as const

const USUAL_PORTS = { PostgreSQL: 5432, MySQL: 3306 } as const

/** Where the database of a data source is, or why it cannot be tried. */
export function placeOf({ databaseType: type, host, port, database, properties }: DataSource): Place | Outcome {
  if (type !== 'PostgreSQL' && type !== 'MySQL') return 'not_supported'
  if (host.trim() === '') return 'no_host'
  const { sslmode } = properties
  return {
    type,
    host: host.trim(),
    port: port ?? USUAL_PORTS[type],
    database,
    ...((sslmode === 'require' || sslmode === 'verify-full') && { tls: sslmode }),
  }
}
