/** What stands in a scratch directory, as LDIF (RFC 2849). */

export const BASE = 'dc=example,dc=org'
export const USER_BASE = `ou=people,${BASE}`
export const GROUP_BASE = `ou=groups,${BASE}`
/** An ordinary account, to which limits apply: they do not to OpenLDAP's `rootdn`. */
export const READER = { dn: `cn=reader,${BASE}`, password: 'reader secret' }

export interface ScratchPerson {
  readonly uid: string
  readonly cn?: string
  /** `<uid>@example.org` unless told; none for null. */
  readonly mail?: string | null
  readonly password?: string
}

export interface ScratchGroup {
  readonly cn: string
  /** DNs: of people, or of groups for a nested one. At least one, as the schema wants it. */
  readonly members: readonly string[]
}

/** Where a person stands. */
export function dnOfPerson(uid: string): string {
  return `uid=${uid},${USER_BASE}`
}

export function dnOfGroup(cn: string): string {
  return `cn=${cn},${GROUP_BASE}`
}

/** `user00001` and so on. */
export function numberedPeople(count: number): ScratchPerson[] {
  return Array.from({ length: count }, (_, index) => ({ uid: `user${String(index + 1).padStart(5, '0')}` }))
}

type Attributes = Readonly<Record<string, string | readonly string[] | null>>

/** An entry; texts are written in base64, so that any will do. */
export function ldifEntry(dn: string, attributes: Attributes): string {
  const lines = Object.entries(attributes).flatMap(([name, values]) =>
    [values ?? []].flat().map((value) => `${name}:: ${Buffer.from(value).toString('base64')}\n`),
  )
  return `dn:: ${Buffer.from(dn).toString('base64')}\n${lines.join('')}\n`
}

export function ldifOfPerson({ uid, cn = uid, mail = `${uid}@example.org`, password }: ScratchPerson): string {
  const userPassword = password ?? null
  return ldifEntry(dnOfPerson(uid), { objectClass: 'inetOrgPerson', uid, cn, sn: cn, mail, userPassword })
}

export function ldifOfGroup({ cn, members }: ScratchGroup): string {
  return ldifEntry(dnOfGroup(cn), { objectClass: 'groupOfNames', cn, member: members })
}

/** The entries everything else stands below. */
export function ldifOfFrame(): string {
  return [
    ldifEntry(BASE, { objectClass: ['dcObject', 'organization'], dc: 'example', o: 'Example' }),
    ldifEntry(USER_BASE, { objectClass: 'organizationalUnit', ou: 'people' }),
    ldifEntry(GROUP_BASE, { objectClass: 'organizationalUnit', ou: 'groups' }),
    ldifEntry(READER.dn, {
      objectClass: ['organizationalRole', 'simpleSecurityObject'],
      cn: 'reader',
      userPassword: READER.password,
    }),
  ].join('')
}
