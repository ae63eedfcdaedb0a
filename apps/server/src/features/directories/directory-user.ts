import type { DirectoryEntry, DirectorySearch } from './directory.ts'
import type { LdapAuthority } from './ldap-authority.ts'

/** What a directory says of a person. */
export interface DirectoryUser {
  readonly dn: string
  readonly username: string | null
  readonly email: string | null
  readonly displayName: string | null
}

/** The search for the users of a directory, or for those of them that match a filter. */
export function userSearch(authority: LdapAuthority, filter?: string): DirectorySearch {
  const { userBase, userFilter, usernameAttribute, emailAttribute, displayNameAttribute } = authority
  return {
    base: userBase,
    filter: filter === undefined ? userFilter : { all: [userFilter, filter] },
    attributes: [usernameAttribute, emailAttribute, displayNameAttribute],
  }
}

/** Reads an entry that `userSearch` found. Of several values of an attribute the first counts. */
export function toDirectoryUser(authority: LdapAuthority, { dn, attributes }: DirectoryEntry): DirectoryUser {
  const first = (name: string) => attributes.get(name.toLowerCase())?.[0] ?? null
  return {
    dn,
    username: first(authority.usernameAttribute),
    email: first(authority.emailAttribute),
    displayName: first(authority.displayNameAttribute),
  }
}
