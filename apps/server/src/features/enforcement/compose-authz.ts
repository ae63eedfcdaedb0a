import { type Access, type AuthzFile, type Entry, type Named, needsAlias, type Section } from '@portreeve/svn-authz'
import type { Right } from '../rules/index.ts'
import type { ChosenGroups } from './choose-groups.ts'
import type { PlannedEntry } from './plan-section.ts'
import type { PlannedSection } from './plan-sections.ts'
import type { UserSets } from './user-sets.ts'

interface Parts {
  readonly sections: readonly PlannedSection[]
  readonly groups: ChosenGroups
  readonly sets: UserSets
  /** Usernames by number. */
  readonly names: readonly string[]
}

const ACCESS: Readonly<Record<Right, Access>> = ['no', 'r', 'rw']
// Without any section Subversion denies everything too; this says so to whoever reads the file.
const DENY_ALL: Section = {
  glob: false,
  path: '/',
  entries: [{ subject: { kind: 'everyone' }, inverted: false, access: 'no' }],
}

/** Puts names, or aliases where Subversion would misread them, in the place of the numbers of users and sets. */
export function composeAuthz({ sections, groups, sets, names }: Parts): AuthzFile {
  const aliases = aliasUsers(sets, names)
  const nameUser = (user: number): Named => {
    const alias = aliases.get(user)
    return alias === undefined ? { kind: 'user', name: names[user] ?? '' } : { kind: 'alias', name: alias }
  }
  const nameSet = (set: number): Named => {
    const group = groups.groupOf[set]
    return group === undefined ? nameUser(sets.all[set]?.[0] ?? -1) : { kind: 'group', name: group }
  }
  const entryOf = (entry: PlannedEntry): Entry =>
    entry.kind === 'users'
      ? { subject: nameSet(entry.users), inverted: entry.inverted, access: ACCESS[entry.right] }
      : { subject: { kind: entry.kind }, inverted: false, access: ACCESS[entry.right] }
  const nameMember = (member: number | string): Named =>
    typeof member === 'number' ? nameUser(member) : { kind: 'group', name: member }
  return {
    aliases: new Map(Array.from(aliases, ([user, alias]) => [alias, names[user] ?? ''])),
    groups: new Map(Array.from(groups.groups, ([name, members]) => [name, members.map(nameMember)])),
    sections:
      sections.length === 0
        ? [DENY_ALL]
        : sections.map(({ path, entries }) => ({ glob: false, path, entries: entries.map(entryOf) })),
  }
}

/** An alias for each user in these sets whose name needs one, numbered in the order of their names. */
function aliasUsers(sets: UserSets, names: readonly string[]): Map<number, string> {
  const awkward = new Set(names.keys().filter((user) => needsAlias(names[user] ?? '')))
  if (awkward.size === 0) return new Map()
  const used = new Set<number>()
  for (const users of sets.all) for (const user of users) if (awkward.has(user)) used.add(user)
  return new Map([...used].sort((a, b) => a - b).map((user, i) => [user, `a${i + 1}`]))
}
