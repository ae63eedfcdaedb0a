export const SESSION_COOKIE = 'portreeve_session'

/** The session token among the cookies of a request. */
export function readSessionToken(cookies: Readonly<Record<string, string | undefined>>): string | undefined {
  return cookies[SESSION_COOKIE] || undefined
}

/** `Set-Cookie` for a new session, until the browser closes or the server ends it; `secure` under https (RFC 6265bis). */
export function sessionCookie(token: string, secure: boolean): string {
  return `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}

/** `Set-Cookie` that makes the browser forget its session. */
export function clearedSessionCookie(secure: boolean): string {
  return `${sessionCookie('', secure)}; Max-Age=0`
}
