/**
 * True when an `If-None-Match` field names the tag. The comparison is the weak one (RFC 9110, 13.1.2), so both forms of the
 * tag match.
 */
export function isTagHeld(ifNoneMatch: string | undefined, entityTag: string): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch.trim() === '*') return true
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === `"${entityTag}"`)
}

/** The field value. Negotiated answers have one tag for several renderings, which only a weak tag may. */
export function formatEntityTag(entityTag: string, isNegotiated: boolean): string {
  return isNegotiated ? `W/"${entityTag}"` : `"${entityTag}"`
}
