import { readSessionToken } from './sessions/session-cookie.ts'
import { signInErrors } from './sign-in-errors.ts'

/** What a request shows to say who sends it. */
export type Credentials =
  | { readonly kind: 'session'; readonly token: string }
  | { readonly kind: 'token'; readonly token: string; readonly username: string | undefined }

/**
 * Reads `Authorization` (`Bearer`, RFC 6750; `OAuth2`, Huddle's older scheme; `Basic`, RFC 7617, with a username and an
 * access token) or, without it, the session cookie. Undefined when there is neither; `sign_in.not_valid` for anything else.
 */
export function readCredentials(
  { authorization }: Readonly<Record<string, string | undefined>>,
  cookies: Readonly<Record<string, string | undefined>>,
): Credentials | undefined {
  if (authorization === undefined) {
    const token = readSessionToken(cookies)
    return token === undefined ? undefined : { kind: 'session', token }
  }
  const [, scheme = '', value = ''] = /^([A-Za-z0-9]+) +(\S+)$/.exec(authorization.trim()) ?? []
  switch (scheme.toLowerCase()) {
    case 'bearer':
    case 'oauth2':
      return { kind: 'token', token: value, username: undefined }
    case 'basic':
      return readBasic(value)
    default:
      throw signInErrors.not_valid()
  }
}

function readBasic(value: string): Credentials {
  const text = Buffer.from(value, 'base64').toString('utf8')
  // A username may hold no colon (RFC 7617, 2); an access token never does, so the last one parts the two either way.
  const colon = text.lastIndexOf(':')
  if (colon < 1) throw signInErrors.not_valid()
  return { kind: 'token', username: text.slice(0, colon), token: text.slice(colon + 1) }
}
