import { type CustomTypesConfig, type PoolConfig, types } from 'pg'

export interface ConnectionOptions {
  /** `postgres://user:password@host:port/database`; the host may be a socket's directory, percent-encoded. */
  readonly url: string
  /** How this connection is named in `pg_stat_activity`. */
  readonly applicationName?: string
  /** How long connecting, and waiting for a connection of a pool, may take; five seconds unless told. */
  readonly connectTimeoutMs?: number
}

const INT8 = 20
const INT8_ARRAY = 1016
const DATE = 1082

/** Counts and revisions are JavaScript numbers; one that would be rounded is a bug to hear of. */
function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a JavaScript number.`)
  return value
}

const parseTextArray: (text: string) => (string | null)[] = types.getTypeParser(
  // pg's list of ids lacks it, but its parsers do not.
  INT8_ARRAY as Parameters<typeof types.getTypeParser>[0],
  'text',
)

// pg itself turns timestamptz into Date. A date has no time zone, so it stays the text it is.
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [INT8]: parseInt8,
  [INT8_ARRAY]: (text) => parseTextArray(text).map((item) => (item === null ? null : parseInt8(item))),
  [DATE]: (text) => text,
}

const typeParsers: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && PARSERS[oid]) || types.getTypeParser(oid, format),
}

export const CONNECT_TIMEOUT_MS = 5_000

/** What every connection of ours has in common, as pg wants it. */
export function toPgConfig(options: ConnectionOptions): PoolConfig {
  const { url, applicationName = 'portreeve', connectTimeoutMs = CONNECT_TIMEOUT_MS } = options
  return {
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    types: typeParsers,
  }
}
