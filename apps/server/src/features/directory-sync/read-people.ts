import { defineErrors } from '../../kernel/errors.ts'
import type {
  Directory,
  DirectoryEntry,
  DirectorySearch,
  DirectorySession,
  OpenAuthority,
} from '../directories/index.ts'
import { directoryErrors } from '../directories/index.ts'
import { dnKey, type Person, readPerson, type Skipped } from './person.ts'

/** Everybody whom a team's query finds, directly or through groups. */
export interface People {
  readonly persons: readonly Person[]
  readonly skipped: readonly Skipped[]
}

const syncReadErrors = defineErrors('sync', {
  members_in_parts: {
    kind: 'unavailable',
    message: (dn: string) =>
      `The directory answers the members of "${dn}" in parts. Ask for people by group instead, such as (memberOf:1.2.840.113556.1.4.1941:=<group>).`,
  },
})

const GROUP_FILTER = { any: [present('member'), present('uniqueMember'), present('memberUid')] }
const BY_DN = ['member', 'uniquemember'] as const
/** With more members than this, all users are read in pages rather than one by one. */
const LOOKED_UP_ONE_BY_ONE = 100

function present(attribute: string): string {
  return `(${attribute}=*)`
}

/**
 * Reads whom the filter finds below the user base (and the group base, where that is another). What it finds that is a
 * group stands for its members, and theirs, however deep. The authority's user base and filter decide who is a user at all.
 */
export async function readPeople(directory: Directory, authority: OpenAuthority, filter: string): Promise<People> {
  await using session = await directory.connect(authority)
  const found = await new PeopleReader(session, authority).read(filter)
  return sortOut(found)
}

/** Those of the entries that the directory has. */
export async function findEntries(
  directory: Directory,
  authority: OpenAuthority,
  dns: readonly string[],
): Promise<string[]> {
  await using session = await directory.connect(authority)
  const found: string[] = []
  for (const dn of dns) {
    const search = { base: dn, scope: 'base', filter: present('objectClass'), attributes: ['objectClass'] } as const
    try {
      if (await findEntry(session, search)) found.push(dn)
    } catch (error) {
      // Active Directory refers whoever asks below what is not its own elsewhere: it has not got it any longer.
      if (!hasCode(error, REFERRAL)) throw error
    }
  }
  return found
}

/** What a search of one entry finds; undefined where there is no such entry. */
async function findEntry(session: DirectorySession, search: DirectorySearch): Promise<DirectoryEntry | undefined> {
  try {
    for await (const page of session.search(search)) if (page[0]) return page[0]
  } catch (error) {
    if (!hasCode(error, MISSING)) throw error
  }
  return undefined
}

class PeopleReader {
  readonly #session: DirectorySession
  readonly #authority: OpenAuthority
  readonly #attributes: readonly string[]
  readonly #users = new Map<string, Person | Skipped>()
  readonly #groups = new Map<string, DirectoryEntry>()
  #usersByDn: Map<string, DirectoryEntry> | undefined

  constructor(session: DirectorySession, authority: OpenAuthority) {
    this.#session = session
    this.#authority = authority
    const { usernameAttribute, emailAttribute, displayNameAttribute } = authority
    this.#attributes = [usernameAttribute, emailAttribute, displayNameAttribute, 'member', 'uniqueMember', 'memberUid']
  }

  async read(filter: string): Promise<Iterable<Person | Skipped>> {
    const { userBase, userFilter, groupBase } = this.#authority
    await this.#search(userBase, { all: [filter, { any: [userFilter, GROUP_FILTER] }] })
    // What lies below the user base has been found there.
    if (groupBase !== null && !isAtOrBelow(groupBase, userBase)) {
      await this.#search(groupBase, { all: [filter, GROUP_FILTER] })
    }
    await this.#expand([...this.#groups.values()])
    return this.#users.values()
  }

  async #search(base: string, filter: Parameters<DirectorySession['search']>[0]['filter']): Promise<void> {
    const search = { base, filter, attributes: this.#attributes }
    for await (const page of this.#session.search(search)) for (const entry of page) this.#note(entry)
  }

  #note(entry: DirectoryEntry): void {
    if (isGroup(entry)) this.#groups.set(dnKey(entry.dn), entry)
    else this.#users.set(dnKey(entry.dn), readPerson(entry, this.#authority))
  }

  /** A group may name who is no user of the authority: its admin says below which base those are. */
  #noteMember(entry: DirectoryEntry): void {
    const { dn } = entry
    const { userBase } = this.#authority
    if (isGroup(entry) || isAtOrBelow(dn, userBase)) this.#note(entry)
    else this.#users.set(dnKey(dn), { dn, reason: `It is not below the user base "${userBase}".` })
  }

  /** Level by level, each group once: groups may be members of each other in a circle. */
  async #expand(groups: readonly DirectoryEntry[]): Promise<void> {
    let level = groups
    while (level.length > 0) {
      const next: DirectoryEntry[] = []
      const wanted = membersByDn(level)
      for (const dn of wanted) {
        const key = dnKey(dn)
        if (this.#users.has(key) || this.#groups.has(key)) continue
        const entry = await this.#lookUp(dn, wanted.size)
        if (entry && isGroup(entry)) next.push(entry)
        if (entry) this.#noteMember(entry)
      }
      await this.#noteNamed(level)
      level = next
    }
  }

  /** What of the entry may be a member; undefined for one that is gone, or that is neither user nor group. */
  async #lookUp(dn: string, wanted: number): Promise<DirectoryEntry | undefined> {
    if (wanted > LOOKED_UP_ONE_BY_ONE) {
      const known = (await this.#allUsers()).get(dnKey(dn))
      if (known) return known
    }
    const filter = { any: [this.#authority.userFilter, GROUP_FILTER] }
    // A group may name an entry that has been deleted: nobody, then.
    return await findEntry(this.#session, { base: dn, scope: 'base', filter, attributes: this.#attributes })
  }

  /** Members that a group names by username (RFC 2307, `posixGroup`). */
  async #noteNamed(groups: readonly DirectoryEntry[]): Promise<void> {
    const names = new Set(groups.flatMap(({ attributes }) => attributes.get('memberuid') ?? []))
    if (names.size === 0) return
    const { userBase, userFilter, usernameAttribute } = this.#authority
    if (names.size > LOOKED_UP_ONE_BY_ONE) {
      for (const user of (await this.#allUsers()).values()) {
        const username = user.attributes.get(usernameAttribute.toLowerCase())?.[0]
        if (username !== undefined && names.has(username)) this.#note(user)
      }
      return
    }
    const any = [...names].map((equals) => ({ attribute: usernameAttribute, equals }))
    await this.#search(userBase, { all: [userFilter, { any }] })
  }

  async #allUsers(): Promise<ReadonlyMap<string, DirectoryEntry>> {
    if (this.#usersByDn) return this.#usersByDn
    const users = new Map<string, DirectoryEntry>()
    const { userBase, userFilter } = this.#authority
    const search = { base: userBase, filter: userFilter, attributes: this.#attributes }
    for await (const page of this.#session.search(search)) for (const entry of page) users.set(dnKey(entry.dn), entry)
    this.#usersByDn = users
    return users
  }
}

function isGroup({ dn, attributes }: DirectoryEntry): boolean {
  // Active Directory answers a large group as `member;range=0-1499`: whoever overlooked it would see no members at all.
  for (const name of attributes.keys()) if (name.includes(';range=')) throw syncReadErrors.members_in_parts(dn)
  return BY_DN.some((name) => attributes.has(name)) || attributes.has('memberuid')
}

function membersByDn(groups: readonly DirectoryEntry[]): ReadonlySet<string> {
  return new Set(groups.flatMap(({ attributes }) => BY_DN.flatMap((name) => attributes.get(name) ?? [])))
}

function isAtOrBelow(dn: string, base: string): boolean {
  const [key, above] = [dnKey(dn), dnKey(base)]
  return key === above || key.endsWith(`,${above}`)
}

const MISSING = directoryErrors.base_missing('').code
const REFERRAL = directoryErrors.referral('').code

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function sortOut(found: Iterable<Person | Skipped>): People {
  const persons = new Map<string, Person>()
  const skipped: Skipped[] = []
  for (const person of found) {
    const other = 'reason' in person ? undefined : persons.get(person.username)
    if ('reason' in person) skipped.push(person)
    else if (other)
      skipped.push({ dn: person.dn, reason: `"${other.dn}" has the username ${person.username} as well.` })
    else persons.set(person.username, person)
  }
  return { persons: [...persons.values()], skipped }
}
