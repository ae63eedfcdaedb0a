import { type AppError, defineErrors } from '../../../kernel/errors.ts'
import type { Standing } from './standing.ts'

export const clientErrors = defineErrors('connector', {
  // One answer for whatever is wrong with the secret: the client registers anew in any case.
  not_known: {
    kind: 'unauthenticated',
    message: () => 'Send the secret of a connector as Bearer token. This one is of none, or the connector was deleted.',
  },
  pending: { kind: 'forbidden', message: () => 'This connector waits for its user to confirm the email address.' },
  disabled: { kind: 'forbidden', message: () => 'This connector is disabled.' },
  wipe: { kind: 'forbidden', message: () => 'This connector is to be wiped: erase what is kept and say so.' },
  wiped: { kind: 'forbidden', message: () => 'This connector was wiped. Register or log in anew.' },
  closed: { kind: 'forbidden', message: () => 'The user of this connector, or the organisation, is disabled.' },
  code_not_valid: {
    kind: 'not_found',
    message: () => 'This link has expired, has been used, or is not complete. Register again for a new one.',
  },
  no_wipe_ordered: { kind: 'conflict', message: () => 'Nobody ordered this connector to be wiped.' },
  not_a_login: { kind: 'conflict', message: () => 'Only a connector made by a login is deleted by a logout.' },
  bad_email: { kind: 'invalid', message: () => 'This is not an email address.' },
  bad_device: {
    kind: 'invalid',
    message: (field: string, longest: number) => `${field} is 1 to ${longest} printable characters.`,
  },
  too_many_registrations: {
    kind: 'limited',
    message: (seconds: number) => `Too many registrations. Try again in ${seconds} seconds.`,
    retryAfterS: (seconds: number) => seconds,
  },
})

/** Why a connector that stands so may do nothing but ask for its status; undefined when it may. */
export function refusalOf({ state, isOpen }: Standing): AppError | undefined {
  return refuseState(state) ?? (isOpen ? undefined : clientErrors.closed())
}

/** The same as far as the state alone refuses it. The state may come from another feature, which does not know them. */
export function refuseState(state: string): AppError | undefined {
  switch (state) {
    case 'Enabled':
      return undefined
    case 'Pending':
      return clientErrors.pending()
    case 'Disabled':
      return clientErrors.disabled()
    case 'Wipe':
      return clientErrors.wipe()
    default:
      return clientErrors.wiped()
  }
}
