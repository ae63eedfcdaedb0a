import type { RepositoryRights } from '../statement.ts'
import { findAtoms } from './find-atoms.ts'
import type { Hearers } from './hear-statements.ts'
import { UserNumbers } from './user-numbers.ts'

/** The class of anonymous visitors. */
export const ANONYMOUS = 0
/** The class of signed-in users whom nothing speaks of by name. */
export const OTHERS = 1
const FIRST_NAMED = 2

/**
 * Users by what is said of them: within a class everybody hears the same statements, so that what one may do all may, and
 * ten thousand users are as quick to look at as the few dozen classes they fall into.
 */
export interface UserClasses extends Hearers {
  /** Classes are numbered from 0 on: {@link ANONYMOUS}, {@link OTHERS}, and those of users who are named. */
  readonly count: number
  /** Everybody who is spoken of by name, or disabled. */
  listNamed(): ReadonlySet<string>
  /** All users of these classes by name, in code-unit order; the same array for the same classes. */
  usernamesOf(classes: readonly number[]): readonly string[]
}

/** Classes for all the rights together: two users of one class hear the same in each of them. */
export function classifyUsers(all: readonly RepositoryRights[], numbers = new UserNumbers()): UserClasses {
  const lists = [...new Set(all.flatMap(namedLists))]
  const atoms = findAtoms(lists.map((list) => numbers.of(list)))
  const classesOf = new Map(lists.map((list) => [list, [] as number[]]))
  atoms.forEach(({ sets }, atom) => {
    for (const set of sets) classesOf.get(lists[set] ?? [])?.push(atom + FIRST_NAMED)
  })
  const heard = new Map(Array.from(classesOf, ([list, classes]) => [list, Int32Array.from(classes)]))
  const known = new Map<string, readonly string[]>()
  const namesOf = (each: number) => atoms[each - FIRST_NAMED]?.users.map((user) => numbers.nameOf(user)) ?? []
  return {
    count: atoms.length + FIRST_NAMED,
    listNamed: () => new Set(lists.flat()),
    membersOf: (members) => heard.get(members) ?? NOBODY,
    usernamesOf: (classes) => {
      const key = classes.join()
      const usernames = known.get(key) ?? classes.flatMap(namesOf).sort()
      known.set(key, usernames)
      return usernames
    },
  }
}

const NOBODY = new Int32Array()

function namedLists({ statements, disabled }: RepositoryRights): (readonly string[])[] {
  const named = statements.filter(({ audience }) => audience === 'members').map(({ members }) => members)
  return [...named, disabled]
}
