import { createHash } from 'node:crypto'
import { dnKey, type Person, type Skipped } from './person.ts'
import type { People } from './read-people.ts'

/** A user, and the directory entry it comes from. */
export interface SyncUser {
  readonly id: string
  readonly username: string
  readonly ldapAuthority: string | null
  readonly ldapDn: string | null
  /** Of a local user: somebody may have chosen the name to be taken for another. */
  readonly hasPassword: boolean
}

/** A user of the organisation whom a person may be. */
export interface KnownUser extends SyncUser {
  readonly isMember: boolean
  /** False when a team above takes its members from the directory and has not this one. */
  readonly mayJoin: boolean
}

/** What is there before a sync. */
export interface TeamBefore {
  readonly authority: string
  /** Users with one of the persons' names or entries, and every member of the team. */
  readonly known: readonly KnownUser[]
  readonly members: number
  /** True when a team above takes its members from the directory: who is new cannot be one of them. */
  readonly isBelowManaged: boolean
}

/** What a sync does to a team. */
export interface SyncPlan {
  readonly found: number
  readonly members: number
  /** Users who join. */
  readonly add: readonly KnownUser[]
  /** Persons who become users, and join. */
  readonly create: readonly Person[]
  /** Members whom the query does not find any longer; they leave. */
  readonly remove: readonly KnownUser[]
  /** Users whose entry has another name by now. */
  readonly relink: readonly { readonly id: string; readonly dn: string }[]
  readonly skipped: readonly Skipped[]
}

/**
 * Compares whom the directory answers with who is a member. A person is the user that came from the same entry, else the
 * user of that name, unless that one belongs to another directory, signs in with a password of its own, or came from an
 * entry that is still there: among those found, or the `entriesThere`.
 */
export function planSync(people: People, before: TeamBefore, entriesThere: readonly string[] = []): SyncPlan {
  const userOf = knownUsersBy(before)
  const there = new Set([...entriesOf(people), ...entriesThere.map(dnKey)])
  const skipped = [...people.skipped]
  const create: Person[] = []
  const stay = new Map<string, { readonly user: KnownUser; readonly dn: string }>()
  for (const person of people.persons) {
    const user = userOf(person)
    const reason = user ? whyNot(user, { person, before, there }) : whyNobodyNew(before)
    if (reason !== undefined) skipped.push({ dn: person.dn, reason })
    else if (user) stay.set(user.id, { user, dn: person.dn })
    else create.push(person)
  }
  const found = [...stay.values()]
  return {
    found: people.persons.length,
    members: before.members,
    add: found.map(({ user }) => user).filter(({ isMember }) => !isMember),
    create,
    remove: before.known.filter(({ id, isMember }) => isMember && !stay.has(id)),
    relink: found
      .filter(({ user, dn }) => user.ldapAuthority === before.authority && user.ldapDn !== dn)
      .map(({ user, dn }) => ({ id: user.id, dn })),
    skipped,
  }
}

function knownUsersBy({ known, authority }: TeamBefore): (person: Person) => KnownUser | undefined {
  const byDn = new Map<string, KnownUser>()
  const byName = new Map<string, KnownUser>()
  for (const user of known) {
    byName.set(user.username, user)
    if (user.ldapAuthority === authority && user.ldapDn !== null) byDn.set(dnKey(user.ldapDn), user)
  }
  return ({ dn, username }) => byDn.get(dnKey(dn)) ?? byName.get(username)
}

const NOT_ABOVE = 'A team above takes its members from the directory, and this is none of them.'

/**
 * Entries of users whose names other persons have, where this answer does not tell whether they are still there. If they
 * are, a person must not come into the user's account; if not, the entry was moved, or written anew.
 */
export function entriesInDoubt(people: People, before: TeamBefore): string[] {
  const userOf = knownUsersBy(before)
  const entries = people.persons.flatMap((person) => otherEntry(userOf(person), { person, before }) ?? [])
  if (entries.length === 0) return []
  const found = entriesOf(people)
  return entries.filter((dn) => !found.has(dnKey(dn)))
}

function entriesOf({ persons, skipped }: People): Set<string> {
  return new Set([...persons, ...skipped].map(({ dn }) => dnKey(dn)))
}

interface Candidate {
  readonly person: Person
  readonly before: TeamBefore
}

/** The entry by which the user is known, if it is not the person's. */
function otherEntry(user: KnownUser | undefined, { person, before }: Candidate): string | undefined {
  if (!user || user.ldapAuthority !== before.authority || user.ldapDn === null) return undefined
  return dnKey(user.ldapDn) === dnKey(person.dn) ? undefined : user.ldapDn
}

function whyNot(
  user: KnownUser,
  { person, before, there }: Candidate & { readonly there: ReadonlySet<string> },
): string | undefined {
  const { username, ldapAuthority } = user
  const entry = otherEntry(user, { person, before })
  if (entry !== undefined && there.has(dnKey(entry))) {
    return `The user ${username} is the entry "${entry}", which is there as well.`
  }
  if (ldapAuthority !== null && ldapAuthority !== before.authority) {
    return `The user ${username} belongs to another LDAP authority.`
  }
  if (ldapAuthority === null && user.hasPassword) {
    return `The user ${username} has a local password: link the account to this entry if it is the same person.`
  }
  return user.mayJoin || user.isMember ? undefined : NOT_ABOVE
}

function whyNobodyNew({ isBelowManaged }: TeamBefore): string | undefined {
  return isBelowManaged ? NOT_ABOVE : undefined
}

/** The members of a team, in brief. */
export interface TeamStanding {
  readonly members: number
  /** Of them, who come from an entry of the team's authority. */
  readonly linked: number
  /** SHA-256, in hex, of the names of these entries, sorted by code point, a line feed between each. */
  readonly entries: string
}

/** The plan where the members are just the people found: nothing but a digest of them has been read. */
export function planOfNoChange({ persons, skipped }: People, standing: TeamStanding): SyncPlan | undefined {
  const { members, linked, entries } = standing
  if (members !== persons.length || linked !== members) return undefined
  const names = persons.map(({ dn }) => dn).sort()
  if (createHash('sha256').update(names.join('\n')).digest('hex') !== entries) return undefined
  return { found: persons.length, members, add: [], create: [], remove: [], relink: [], skipped }
}

/** True when nothing is left to do. */
export function isUpToDate({ add, create, remove, relink }: SyncPlan): boolean {
  return add.length + create.length + remove.length + relink.length === 0
}

/** True when so many would leave that somebody has to say that this is meant: more than `share` percent of the team. */
export function needsConfirmation({ remove, members }: SyncPlan, share: number): boolean {
  return remove.length * 100 > members * share
}
