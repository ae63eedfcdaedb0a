/** The headers in which a browser says which page a request comes from. */
export interface OriginHeaders {
  readonly origin?: string | undefined
  readonly referer?: string | undefined
  readonly host?: string | undefined
}

/**
 * Whether the page is ours: of the origin the server is known by, or of the very host the request was sent to. Undefined
 * when the request does not say. `Origin: null` (a sandboxed page) is nobody's.
 */
export function isOwnOrigin({ origin, referer, host }: OriginHeaders, baseUrl: string): boolean | undefined {
  const said = origin ?? referer
  if (said === undefined) return undefined
  if (!URL.canParse(said)) return false
  const page = new URL(said)
  return page.origin === new URL(baseUrl).origin || (host !== undefined && page.host === host.toLowerCase())
}
