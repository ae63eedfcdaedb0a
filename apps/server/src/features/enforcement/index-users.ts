import { isExpressibleUsername } from '@portreeve/svn-authz'
import type { RepositoryRights } from '../rules/index.ts'

/** The users a repository's statements speak of, as numbers in the code-unit order of their names. */
export interface UserIndex {
  readonly names: readonly string[]
  /** Those who lose what a wide audience is granted; empty when no wide audience is granted anything. */
  readonly disabled: Int32Array
  /** A rule's enabled members: sorted, each once. Computed once for each array of members. */
  membersOf(members: readonly string[]): Int32Array
}

export function indexUsers(rights: RepositoryRights): UserIndex {
  const disabled = new Set(rights.disabled)
  const spokenDisabled = grantsWidely(rights) ? disabled : []
  const numbers = numberNames(rights, disabled, spokenDisabled)
  const known = new Map<readonly string[], Int32Array>()
  return {
    names: [...numbers.keys()],
    disabled: Int32Array.from(spokenDisabled, (name) => numbers.get(name) ?? -1).sort(),
    membersOf: (members) => {
      const users =
        known.get(members) ?? numbersOf(disabled.size === 0 ? members : enabledOf(members, disabled), numbers)
      known.set(members, users)
      return users
    },
  }
}

/** Maps every name that can appear in the file to its place in their code-unit order, in that order. */
function numberNames(
  rights: RepositoryRights,
  disabled: ReadonlySet<string>,
  spokenDisabled: Iterable<string>,
): Map<string, number> {
  const names = new Set(spokenDisabled)
  const heard = new Set<readonly string[]>()
  for (const { audience, members } of rights.statements) {
    if (audience !== 'members' || heard.has(members)) continue
    heard.add(members)
    for (const name of members) if (!disabled.has(name)) names.add(name)
  }
  const numbers = new Map<string, number>()
  for (const name of [...names].sort()) numbers.set(refuseInexpressible(name), numbers.size)
  return numbers
}

function enabledOf(members: readonly string[], disabled: ReadonlySet<string>): readonly string[] {
  return members.filter((name) => !disabled.has(name))
}

function numbersOf(members: readonly string[], numbers: ReadonlyMap<string, number>): Int32Array {
  const users = new Int32Array(members.length)
  for (let i = 0; i < members.length; i++) users[i] = numbers.get(members[i] ?? '') ?? -1
  users.sort()
  let distinct = 0
  for (const user of users) if (distinct === 0 || user !== users[distinct - 1]) users[distinct++] = user
  return users.subarray(0, distinct)
}

function grantsWidely({ statements }: RepositoryRights): boolean {
  return statements.some(({ audience, permissionType }) => audience !== 'members' && permissionType !== 'NONE')
}

/** Users are checked when they are created; a name that got past that must not turn into another line of the file. */
function refuseInexpressible(name: string): string {
  if (isExpressibleUsername(name)) return name
  throw new Error(`No authz file can name the user ${JSON.stringify(name)}.`)
}
