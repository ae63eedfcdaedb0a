import type { Page } from '../../kernel/page.ts'

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

/** Which clients users have let act for them. */
export interface ConsentStore {
  findScope(userId: string, clientId: string): Promise<string | undefined>
  put(consent: Consent, at: Date): Promise<void>
  /** In the order of the clients' ids. */
  listOf(userId: string, slice: { readonly offset: number; readonly limit: number }): Promise<Page<GivenConsent>>
  /** With every sign-in to the client, and its tokens. False when there was none. */
  remove(userId: string, clientId: string): Promise<boolean>
}
