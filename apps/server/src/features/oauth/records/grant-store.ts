/** What ties the tokens of one sign-in together. */
export interface Grant {
  readonly id: string
  readonly clientId: string
  readonly userId: string
  readonly scope: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

export interface GrantStore {
  /** Nothing is done when the user has taken the consent back meanwhile. */
  put(grant: Grant): Promise<void>
  find(id: string): Promise<Grant | undefined>
  /** With its codes and tokens. In a transaction, so that none outlives it. */
  remove(id: string): Promise<void>
  /** All of a user's, for one client or for any, likewise. */
  removeAll(userId: string, clientId?: string): Promise<void>
}
