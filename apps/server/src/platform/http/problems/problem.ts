import { AppError, type ErrorKind } from '../../../kernel/errors.ts'
import type { Dialect } from '../route.ts'
import { requestErrors } from './request-errors.ts'

/** A failure as a client sees it, before its interface's own rendering. */
export interface Problem {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly headers: Readonly<Record<string, string>>
}

const STATUS: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  not_allowed: 405,
  not_acceptable: 406,
  conflict: 409,
  outdated: 412,
  too_large: 413,
  unsupported: 415,
  limited: 429,
  unavailable: 503,
}

/** When an error does not say: long enough for a failover or a restart of this node. */
const UNAVAILABLE_RETRY_AFTER_S = 5

/** The status of an error kind; the only place that knows it. */
export function statusOf(kind: ErrorKind): number {
  return STATUS[kind]
}

/** The only place where an error becomes something a client sees. Anything unforeseen says nothing about itself. */
export function toProblem(error: unknown): Problem {
  const known = error instanceof AppError ? error : fromFramework(error)
  if (!known) return { status: 500, code: 'internal', message: 'Something went wrong on the server.', headers: {} }
  return { status: STATUS[known.kind], code: known.code, message: known.message, headers: retryHeaders(known) }
}

function retryHeaders(error: AppError): Problem['headers'] {
  const seconds = error.retryAfterS ?? (error.kind === 'unavailable' ? UNAVAILABLE_RETRY_AFTER_S : undefined)
  return seconds === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(seconds))) }
}

/**
 * `WWW-Authenticate` for a 401 (RFC 9110, 11.6.1). A browser that asks from a page or with a session must not be sent a
 * Basic challenge: it would open its own password dialog over ours.
 */
export function challenge(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  dialect: Dialect = 'admin',
): string {
  const mode = headers['sec-fetch-mode']
  const fromPage = headers['cookie'] !== undefined || headers['x-requested-with'] !== undefined
  const asksQuietly = fromPage || (mode !== undefined && mode !== 'navigate')
  // RFC 6750, 3.1: said of a token, and not to who has shown none.
  const isOfToken = TOKEN_SCHEME.test(String(headers['authorization'] ?? ''))
  const bearer = `Bearer realm="portreeve"${isOfToken ? ', error="invalid_token"' : ''}`
  // Huddle's two schemes: its clients know no other.
  if (dialect === 'permitted-clients') return `OAuth2 realm="portreeve", ${bearer}`
  return asksQuietly ? bearer : `${bearer}, Basic realm="portreeve", charset="UTF-8"`
}

const TOKEN_SCHEME = /^(bearer|oauth2) /i

/** What Fastify itself refuses (its own error codes) in our terms; undefined for anything that is not the client's doing. */
function fromFramework(error: unknown): AppError | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, statusCode } = error as Error & { code?: unknown; statusCode?: unknown }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return requestErrors.unsupported('Content-Type is not a media type.')
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH') {
    return requestErrors.malformed('The body does not have the length that Content-Length says.')
  }
  if (code === 'FST_ERR_BAD_URL') return requestErrors.malformed('The URL is not well-formed.')
  const isClientFault = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
  return isClientFault ? requestErrors.malformed('The request is not well-formed.') : undefined
}
