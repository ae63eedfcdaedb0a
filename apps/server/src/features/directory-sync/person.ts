import { isExpressibleUsername } from '@portreeve/svn-authz'
import { type DirectoryEntry, type LdapAuthority, toDirectoryUser } from '../directories/index.ts'
import { isLongEntry } from '../users/index.ts'

/** A directory entry that can be a user. */
export interface Person {
  readonly dn: string
  readonly username: string
  readonly email: string | null
  readonly displayName: string | null
}

/** An entry that a sync leaves out, and why: nothing is dropped in silence. */
export interface Skipped {
  readonly dn: string
  readonly reason: string
}

const LONGEST_USERNAME = 256
const LONGEST_EMAIL = 254
const LONGEST_NAME = 256

/** The entry as a person, or why it is none. */
export function readPerson(entry: DirectoryEntry, authority: LdapAuthority): Person | Skipped {
  const { dn, username, email, displayName } = toDirectoryUser(authority, entry)
  if (isLongEntry(dn)) return { dn, reason: 'Its name is too long to be kept.' }
  if (username === null) return { dn, reason: `It has no ${authority.usernameAttribute}.` }
  if (username.length > LONGEST_USERNAME || !isExpressibleUsername(username)) {
    return { dn, reason: `${JSON.stringify(username)} cannot be a username.` }
  }
  const isAddress = email !== null && email.length <= LONGEST_EMAIL && email.includes('@')
  return { dn, username, email: isAddress ? email : null, displayName: displayName?.slice(0, LONGEST_NAME) ?? null }
}

/** What two spellings of one distinguished name have in common, for directories that write a name in several ways. */
export function dnKey(dn: string): string {
  const lower = dn.toLowerCase()
  // Blanks beside separators mean nothing (RFC 4514, section 2); an escaped separator separates nothing.
  return BLANK_BESIDE.test(lower) ? lower.replace(/\s*(?<!\\)([,+=])\s*/g, '$1') : lower
}

/** Few names have any: a look is cheaper than a replacement, and there are thousands. */
const BLANK_BESIDE = /\s[,+=]|[,+=]\s/
