/** What an app may do: what its user may. There is no lesser scope, so it need not be asked for. */
const DEFAULT_SCOPE = 'api'

/** `openid` adds an ID token, which says who signed in and no more. */
export const SCOPES: readonly string[] = [DEFAULT_SCOPE, 'openid']

/** The scope that is meant: those parts that exist, and the default where none of them does. */
export function effectiveScope(requested: string | undefined): string {
  const known = new Set((requested ?? '').split(' ').filter((part) => SCOPES.includes(part)))
  return [...known.add(DEFAULT_SCOPE)].join(' ')
}

/** True when all that is asked for was given. */
export function coversScope(given: string, requested: string): boolean {
  const parts = new Set(given.split(' '))
  return requested.split(' ').every((part) => parts.has(part))
}
