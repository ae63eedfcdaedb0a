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
    for (const [blockedAt, stuck] of inOrder(Map.groupBy(news, (each) => is.pathOf(now.blockedAt[each])))) {
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

const OPEN = -1

interface Place {
  readonly rights: Uint8Array
  /** For each class, the topmost directory down to here that it may not read, as a number; {@link OPEN} where it may read all. */
  readonly closedAt: Int32Array
  /** The same above here. */
  readonly blockedAt: Int32Array
  /** Classes that a statement lets in here although something above is closed to them. */
  readonly stuck: readonly number[]
}

class Browser {
  readonly #rights: RightsOfClasses
  readonly #paths: string[] = []
  readonly outside: Place

  constructor(rights: RepositoryRights, classes: UserClasses) {
    this.#rights = new RightsOfClasses(rights, classes)
    const nowhere = new Int32Array(classes.count).fill(OPEN)
    this.outside = { rights: this.#rights.outside, closedAt: nowhere, blockedAt: nowhere, stuck: [] }
  }

  enter(path: string, above: Place): Place {
    const { rights, heard } = this.#rights.hearAt(path, above.rights)
    const blockedAt = above.closedAt
    // The root is closed to all whom it does not let in; below, a directory is newly closed only to whom it speaks of.
    const closes = (each: number) => rights[each] === NONE && blockedAt[each] === OPEN
    const closed = above === this.outside ? Array.from(rights.keys()).filter(closes) : Array.from(heard).filter(closes)
    const isStuck = (each: number) => rights[each] !== NONE && blockedAt[each] !== OPEN
    return {
      rights,
      closedAt: this.#close(path, closed, blockedAt),
      blockedAt,
      stuck: Array.from(heard).filter(isStuck),
    }
  }

  pathOf(closedAt: number | undefined): string {
    return this.#paths[closedAt ?? OPEN] ?? ''
  }

  #close(path: string, classes: readonly number[], above: Int32Array): Int32Array {
    if (classes.length === 0) return above
    const closedAt = above.slice()
    const number = this.#paths.push(path) - 1
    for (const each of classes) closedAt[each] = number
    return closedAt
  }
}
