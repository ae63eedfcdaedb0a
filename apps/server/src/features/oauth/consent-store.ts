import type { Page } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'

export interface Consent {
  readonly userId: string
  readonly clientId: string
  readonly scope: string
}

/** As its user sees it. */
export interface GivenConsent {
  readonly clientId: string
  readonly clientName: string
  readonly givenAt: Date
}

/** Whose consents they are. */
export interface ConsentingUser {
  readonly id: string
  readonly organisation: number
  readonly role: Principal['role']
}

/** Which clients users have let act for them. */
export interface ConsentStore {
  findScope(userId: string, clientId: string): Promise<string | undefined>
  put(consent: Consent, at: Date): Promise<void>
  /** In the order of the clients' ids. */
  listOf(userId: string, slice: { readonly offset: number; readonly limit: number }): Promise<Page<GivenConsent>>
  findUser(userId: string): Promise<ConsentingUser | undefined>
  /**
   * To one client, or to all; which those were. The sign-ins that they let in are removed after them: no other can begin then.
   */
  remove(userId: string, clientId?: string): Promise<readonly string[]>
}
