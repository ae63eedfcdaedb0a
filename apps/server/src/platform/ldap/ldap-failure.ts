/** Why a directory did not do what it was asked. */
export type LdapFailureReason =
  | 'unreachable'
  | 'tls_failed'
  | 'timed_out'
  | 'connection_lost'
  | 'size_limit'
  | 'time_limit'
  | 'referral'
  | 'base_missing'
  | 'refused'

/** A connection, or an operation on one, that failed. The message is in words for admins and holds no password. */
export class LdapFailure extends Error {
  override readonly name = 'LdapFailure'
  readonly reason: LdapFailureReason

  constructor(reason: LdapFailureReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

/** A text that is no search filter; the message says where and why. */
export class LdapFilterError extends Error {
  override readonly name = 'LdapFilterError'
}

/** What an answer with a result code (RFC 4511, 4.1.9) comes to; undefined for success. */
export function failureOf(result: { readonly status: number; readonly errorMessage: string }): LdapFailure | undefined {
  if (result.status === 0) return undefined
  const said = result.errorMessage === '' ? '' : `: ${result.errorMessage}`
  return new LdapFailure(REASONS.get(result.status) ?? 'refused', `result code ${result.status}${said}`)
}

const REASONS = new Map<number, LdapFailureReason>([
  [3, 'time_limit'],
  [4, 'size_limit'],
  [10, 'referral'],
  // adminLimitExceeded: how many entries a search may look at, rather than answer.
  [11, 'size_limit'],
  [32, 'base_missing'],
  // invalidDNSyntax: what is no name names no entry.
  [34, 'base_missing'],
])
