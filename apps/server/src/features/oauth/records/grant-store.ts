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
  put(grant: Grant): Promise<void>
  find(id: string): Promise<Grant | undefined>
  /** With its codes and refresh tokens; access tokens are removed by their own store. */
  remove(id: string): Promise<void>
}
