import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger } from 'pino'

export interface LoggerOptions {
  readonly level: string
  /** Standard output when absent. */
  readonly destination?: DestinationStream
}

const SECRET_FIELDS = ['authorization', 'cookie', '["set-cookie"]', 'password', 'secret', 'token']

/** JSON lines, one per event, without secrets: these fields are blanked wherever a log call might carry them along. */
export function createLogger({ level, destination }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: {},
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_FIELDS.flatMap(atEveryDepth), censor: '[redacted]' },
    },
    destination,
  )
}

/** As a field itself, and one and two objects down (`headers.cookie`, `req.headers.cookie`). */
function atEveryDepth(field: string): readonly string[] {
  return field.startsWith('[') ? [field, `*${field}`, `*.*${field}`] : [field, `*.${field}`, `*.*.${field}`]
}
