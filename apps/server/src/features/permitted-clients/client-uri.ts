/** Where a client is known by: `<base>/clients/<client id>`. */
export function toClientUri(clientId: string, baseUrl: string): string {
  return `${baseUrl}/clients/${encodeURIComponent(clientId)}`
}

/**
 * The id of the client of that URI, absolute or relative to our base; undefined for anything else, such as the URI of a client of
 * another server.
 */
export function findClientId(href: string, baseUrl: string): string | undefined {
  if (NO_URI.test(href)) return undefined
  const base = new URL(`${baseUrl}/`)
  const prefix = `${base.href}clients/`
  // Compared as a whole, so that nothing of it is passed over: no user, no query, no fragment.
  const url = URL.parse(href, base)?.href
  const segment = url?.startsWith(prefix) ? url.slice(prefix.length) : ''
  const clientId = /[/?#]/.test(segment) ? undefined : decode(segment)
  return clientId !== undefined && PRINTABLE.test(clientId) ? clientId : undefined
}

const PRINTABLE = /^\P{Cc}+$/u

/** What no URI has (RFC 3986, 2), and parsers of URLs pass over. */
const NO_URI = /[\s\p{Cc}\\]/u

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
