import { type ClientStanding, refusalOf } from '../permitted-clients/index.ts'

/** How a user and a client stand to one another, all from one look. */
export interface UserStanding extends ClientStanding {
  readonly userId: string
  readonly username: string
  readonly organisation: number
  /** Whether the user and the organisation are enabled. */
  readonly isUserOpen: boolean
}

/** Whether the user may use the client now. */
export function isAdmitted(
  standing: Pick<UserStanding, 'isUserOpen' | 'isClientEnabled' | 'isPermitted'> | undefined,
): boolean {
  return standing?.isUserOpen === true && refusalOf(standing) === undefined
}

export interface StandingStore {
  /** Of a client and a user; without one, of a client and the user it acts as itself. */
  find(clientId: string, userId: string | undefined): Promise<UserStanding | undefined>
}
