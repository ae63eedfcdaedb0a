/** What an OAuth 2.0 client may ask for tokens with (RFC 6749, 4.1, 6, 4.4). */
export const GRANT_TYPES = ['authorization_code', 'refresh_token', 'client_credentials'] as const
export type GrantType = (typeof GRANT_TYPES)[number]

/** How a client says who it is (RFC 7591, 2). `none`: a public client, which can keep no secret (RFC 6749, 2.1). */
export const AUTH_METHODS = ['client_secret_basic', 'client_secret_post', 'none'] as const
export type AuthMethod = (typeof AUTH_METHODS)[number]

/** What a client application is allowed to do. */
export interface ClientMetadata {
  readonly name: string
  /** Compared character by character (RFC 9700, 2.1), but for the port of a loopback address (RFC 8252, 7.3). */
  readonly redirectUris: readonly string[]
  readonly grantTypes: readonly GrantType[]
  readonly tokenEndpointAuthMethod: AuthMethod
}

/** An OAuth 2.0 client (RFC 6749, 2). */
export interface ClientApplication extends ClientMetadata {
  readonly clientId: string
  /** SHA-256 of its secret; undefined for public clients. */
  readonly secretHash: Uint8Array | undefined
  /** Of a client that acts for itself (RFC 6749, 4.4): the organisation it belongs to, and the user of it that it acts as. */
  readonly actsAs: { readonly organisation: number; readonly userId: string } | undefined
  /** False: disabled for everyone. */
  readonly enabled: boolean
  readonly createdAt: Date
  /** The superadmin; undefined for one that registered itself (RFC 7591). */
  readonly createdBy: string | undefined
}

export function isPublic({ tokenEndpointAuthMethod }: Pick<ClientMetadata, 'tokenEndpointAuthMethod'>): boolean {
  return tokenEndpointAuthMethod === 'none'
}
