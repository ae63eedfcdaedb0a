import { defineErrors } from '../../../kernel/errors.ts'

/** A user who was stopped at the gate and asks that their company permit the client. */
export interface ClientRequest {
  readonly clientId: string
  /** Of the client. */
  readonly name: string
  readonly userId: string
  readonly username: string
  readonly reason: string | undefined
  readonly requestedAt: Date
  /** False: a superadmin has to make the client available before the company can permit it. */
  readonly isAvailable: boolean
}

const LONGEST_REASON = 500
const PRINTABLE = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u

export const clientRequestErrors = defineErrors('client_request', {
  not_found: { kind: 'not_found', message: () => 'Nobody asks for that any more.' },
  not_available: {
    kind: 'conflict',
    message: () => 'The client is not available to the company: a superadmin has to make it available first.',
  },
  client_disabled: { kind: 'conflict', message: (refusal: string) => refusal },
  bad_reason: {
    kind: 'invalid',
    message: () => `reason: it is at most ${LONGEST_REASON} printable characters.`,
  },
})

/** The reason in one line; undefined when nothing is left. Throws `client_request.bad_reason`. */
export function parseReason(text: string | undefined): string | undefined {
  const reason = text?.trim().replaceAll(/\s+/g, ' ') ?? ''
  if (reason === '') return undefined
  if (reason.length > LONGEST_REASON || !PRINTABLE.test(reason)) throw clientRequestErrors.bad_reason()
  return reason
}
