import type { MeantVersions } from '../../../kernel/version.ts'
import { requestErrors } from '../problems/request-errors.ts'

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

/**
 * The opaque part of the strong tag of a version. Renderings that differ in a byte may not share one (RFC 9110, 8.8.1), so it
 * ends as the media type does.
 */
export function tagOfVersion(version: string, mediaType: string): string {
  return `${version}.${/\bxml\b/.test(mediaType) ? 'xml' : 'json'}`
}

const FORMAT = /\.(?:json|xml)$/

// RFC 9110, 8.8.3; what stands between the quotes may hold commas.
const ELEMENT = /[ \t]*(?:(?<weak>W\/)?"(?<tag>[\x21\x23-\x7e\x80-\xff]*)"[ \t]*)?(?:,|$)/y

/**
 * The versions that an `If-Match` field names, in whichever format they were got (RFC 9110, 13.1.1). Weak tags are read and
 * name none: they never match strongly.
 */
export function parseIfMatch(field: string): MeantVersions {
  if (field.trim() === '*') return '*'
  const elements = readElements(field)
  const tags = elements.flatMap(({ tag }) => tag ?? [])
  if (tags.length === 0) throw malformed()
  return elements.flatMap(({ weak, tag }) => (tag === undefined || weak ? [] : [tag.replace(FORMAT, '')]))
}

interface Element {
  readonly weak?: string
  readonly tag?: string
}

/** Those of a list, with the empty ones that a recipient must put up with (RFC 9110, 5.6.1.2). */
function readElements(field: string): readonly Element[] {
  const elements: Element[] = []
  const element = new RegExp(ELEMENT)
  while (element.lastIndex < field.length) {
    const found = element.exec(field)
    if (!found) throw malformed()
    elements.push(found.groups ?? {})
  }
  return elements
}

function malformed() {
  return requestErrors.invalid([
    'If-Match: it must be *, or entity tags in double quotes as ETag gave them, with commas between',
  ])
}
