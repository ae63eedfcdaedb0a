import type { RepositoryRights } from '../statement.ts'
import { NONE } from './right.ts'
import { RightsOfClasses } from './rights-of-classes.ts'
import { ANONYMOUS, classifyUsers, OTHERS, type UserClasses } from './user-classes.ts'
import type { UserNumbers } from './user-numbers.ts'
import { walkPaths } from './walk-paths.ts'

/** Of whom a report speaks: users by name, any other signed-in user, or anonymous visitors. */
export type ReportedAudience = 'user' | 'authenticated' | 'everyone'

/** A path that somebody is let into and cannot browse to: Subversion lists no directory to whoever may not read it. */
export interface UnreachablePath {
  readonly path: string
  /** The directory nearest to the root that they may not read: where browsing ends. */
  readonly blockedAt: string
  readonly audience: ReportedAudience
  /** In order; none unless the audience is `user`. */
  readonly usernames: readonly string[]
}

const NO_RIGHTS: RepositoryRights = { statements: [], disabled: [] }

/** Every path at which a rule lets users read who may not read some directory above it. */
export function findUnreachable(rights: RepositoryRights, numbers?: UserNumbers): UnreachablePath[] {
  return findNewlyUnreachable(NO_RIGHTS, rights, numbers)
}

/** What was not unreachable for the same users before. */
export function findNewlyUnreachable(
  before: RepositoryRights,
  after: RepositoryRights,
  numbers?: UserNumbers,
): UnreachablePath[] {
  const classes = classifyUsers([before, after], numbers)
  const [was, is] = [new Browser(before, classes), new Browser(after, classes)]
  const found: UnreachablePath[] = []
  const paths = ['/', ...before.statements.map(({ path }) => path), ...after.statements.map(({ path }) => path)]
  walkPaths(paths, { was: was.outside, is: is.outside }, (path, above) => {
    const now = is.enter(path, above.is)
    const then = was.enter(path, above.was)
    const stuckBefore = new Set(then.stuck)
    const news = now.stuck.filter((each) => !stuckBefore.has(each))
    for (const [blockedAt, stuck] of inOrder(Map.groupBy(news, (each) => now.blockedAt[each] ?? ''))) {
      for (const [audience, group] of splitByAudience(stuck)) {
        found.push({ path, blockedAt, audience, usernames: classes.usernamesOf(group) })
      }
    }
    return { is: now, was: then }
  })
  return found
}

/** Sorted classes by whom they are, in this order: the anonymous, the unnamed, the named. */
export function splitByAudience(classes: readonly number[]): Map<ReportedAudience, number[]> {
  return Map.groupBy(classes, (each) => {
    if (each === ANONYMOUS) return 'everyone'
    return each === OTHERS ? 'authenticated' : 'user'
  })
}

function inOrder<T>(byPath: ReadonlyMap<string, T>): [string, T][] {
  return [...byPath].sort(([a], [b]) => (a < b ? -1 : 1))
}

interface Place {
  readonly rights: Uint8Array
  /** For each class, the topmost directory down to here that it may not read. */
  readonly closedAt: readonly (string | undefined)[]
  /** The same above here. */
  readonly blockedAt: readonly (string | undefined)[]
  /** Classes that a statement lets in here although something above is closed to them. */
  readonly stuck: readonly number[]
}

class Browser {
  readonly #rights: RightsOfClasses
  readonly outside: Place

  constructor(rights: RepositoryRights, classes: UserClasses) {
    this.#rights = new RightsOfClasses(rights, classes)
    const nowhere = new Array<undefined>(classes.count).fill(undefined)
    this.outside = { rights: this.#rights.outside, closedAt: nowhere, blockedAt: nowhere, stuck: [] }
  }

  enter(path: string, above: Place): Place {
    const rights = this.#rights.rightsAt(path, above.rights)
    const heard = this.#rights.heardAt(path)
    const blockedAt = above.closedAt
    const closedAt = blockedAt.map((at, each) => at ?? (rights[each] === NONE ? path : undefined))
    const isStuck = (each: number) => heard[each] === 1 && rights[each] !== NONE && blockedAt[each] !== undefined
    return { rights, closedAt, blockedAt, stuck: Array.from(blockedAt.keys()).filter(isStuck) }
  }
}
