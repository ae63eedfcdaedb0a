/** What decides whether a client may come in for the users of an organisation that is enabled. */
export interface ClientStanding {
  /** False when superadmins have disabled it for everyone. */
  readonly isClientEnabled: boolean
  /** False when it is not even available. */
  readonly isPermitted: boolean
}

/** Why a company, or everyone, keeps a client out: in the words of the original. */
export const REFUSALS = {
  client_disabled: 'This app has been disabled. Contact support for help.',
  client_not_permitted: 'This app has been disabled by your company. Contact your admin for help.',
} as const

export type Refusal = keyof typeof REFUSALS

/** Undefined when the client may come in. What no admin of the company can mend is told first. */
export function refusalOf({ isClientEnabled, isPermitted }: ClientStanding): Refusal | undefined {
  if (!isClientEnabled) return 'client_disabled'
  return isPermitted ? undefined : 'client_not_permitted'
}
