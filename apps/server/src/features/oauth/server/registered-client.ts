/** A client application as the authorization server needs to know it. */
export interface RegisteredClient {
  readonly clientId: string
  readonly name: string
  readonly redirectUris: readonly string[]
  readonly grantTypes: readonly string[]
  readonly tokenEndpointAuthMethod: string
  /** Undefined for public clients. */
  readonly secretHash: Uint8Array | undefined
}

/** Where apps register themselves. */
export interface ClientRegistry {
  /** False for an initial access token that is good no more. Throws an AppError of kind `invalid` for what no client may be. */
  register(
    client: RegisteredClient,
    by: { readonly tokenHash: Uint8Array; readonly requestId: string },
  ): Promise<boolean>
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * An app on somebody's own machine comes back by a scheme of its own or on a port of loopback, which may be any (RFC 8252, 7).
 * Nobody can tell who it is, so its user is asked every time (RFC 8252, 8.6).
 */
export function isNative({ redirectUris, tokenEndpointAuthMethod }: RegisteredClient): boolean {
  return tokenEndpointAuthMethod === 'none' && redirectUris.some((uri) => !isOfWeb(new URL(uri)))
}

function isOfWeb({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && !LOOPBACK.has(hostname))
}
