const LONGEST = 2000
/** RFC 3986, 2. */
const URI_CHARACTERS = /^[\w.~:/?#[\]@!$&'()*+,;=%-]+$/
/** Parsers of URLs let more pass, and others read it differently; such a host may not even stand in a policy for pages. */
const PLAIN_AUTHORITY = /^https?:\/\/(\[[\da-f:.]+\]|[\da-z.-]+)(:\d+)?([/?]|$)/i
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

/**
 * What is wrong with a redirection URI, or undefined. It is compared as it stands, so it must be whole: RFC 9700, 2.1 (exact,
 * no wildcard), RFC 6749, 3.1.2 (absolute, no fragment), RFC 8252, 7 (loopback, or a scheme of the app's own).
 */
export function problemOfRedirectUri(text: string, client: { readonly isPublic: boolean }): string | undefined {
  if (text.length > LONGEST) return `is longer than ${LONGEST} characters`
  if (!URI_CHARACTERS.test(text) || !URL.canParse(text)) return 'is no absolute URI in ASCII'
  if (text.includes('#')) return 'has a fragment'
  if (text.includes('*')) return 'has a wildcard, and is compared as it stands'
  const { protocol, username, password } = new URL(text)
  if (username !== '' || password !== '') return 'holds a username or password'
  if (protocol === 'http:' || protocol === 'https:') return problemOfWebUri(text, client)
  return client.isPublic ? problemOfPrivateScheme(protocol) : 'must be https: only public clients have another scheme'
}

function problemOfWebUri(text: string, { isPublic }: { readonly isPublic: boolean }): string | undefined {
  if (!PLAIN_AUTHORITY.test(text)) return 'has no plain host name or address after //'
  const { protocol, hostname } = new URL(text)
  const isLoopback = LOOPBACK.has(hostname)
  if (protocol === 'http:') return isLoopback ? undefined : 'must be https (http for loopback addresses alone)'
  return isLoopback && isPublic ? 'must be http, as loopback addresses of public clients are' : undefined
}

/** RFC 8252, 7.1 and 8.4: a domain name of the app's maker in reverse, so that nobody else has the scheme by accident. */
function problemOfPrivateScheme(protocol: string): string | undefined {
  if (/^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/.test(protocol)) return undefined
  return `must be https, loopback, or in a scheme that is a domain name in reverse (com.example.app:/…), not ${protocol}`
}
