import type { AuthzFile, Named } from './authz-file.ts'

const expanded = new WeakMap<AuthzFile, Map<string, ReadonlySet<string>>>()

/** The users of a group, with its nested groups and aliases resolved; none for a group that is not defined. */
export function membersOf(file: AuthzFile, group: string): ReadonlySet<string> {
  let groups = expanded.get(file)
  if (!groups) {
    groups = new Map()
    expanded.set(file, groups)
  }
  const known = groups.get(group)
  if (known) return known
  const members = expand(file, group)
  groups.set(group, members)
  return members
}

function expand(file: AuthzFile, group: string): ReadonlySet<string> {
  const users = new Set<string>()
  for (const { kind, name } of file.groups.get(group) ?? []) {
    if (kind === 'user') users.add(name)
    else if (kind === 'alias') users.add(file.aliases.get(name) ?? '')
    else for (const user of membersOf(file, name)) users.add(user)
  }
  return users
}

/**
 * The user or group an entry's name stands for. Subversion puts the user in an alias's place before it looks groups
 * up, so there an alias of a user named "@x" is the group x.
 */
export function dealias(file: AuthzFile, named: Named): Named {
  if (named.kind !== 'alias') return named
  const user = file.aliases.get(named.name) ?? ''
  return user.startsWith('@') ? { kind: 'group', name: user.slice(1) } : { kind: 'user', name: user }
}
