/** Where a redirect URI leads, as a source of the Content Security Policy (CSP 3, 2.3.1): an origin, or an app's scheme. */
export function formTarget(redirectUri: string): string | undefined {
  if (!URL.canParse(redirectUri)) return undefined
  const { protocol, origin, host } = new URL(redirectUri)
  const isOfWeb = protocol === 'https:' || protocol === 'http:'
  // An IPv6 address is no source that a policy can name.
  if (isOfWeb && host.startsWith('[')) return protocol
  return isOfWeb ? origin : protocol
}
