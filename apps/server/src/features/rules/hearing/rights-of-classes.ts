import type { RepositoryRights, Statement } from '../statement.ts'
import { hearStatements, type Speech } from './hear-statements.ts'
import { NONE } from './right.ts'
import { ANONYMOUS, OTHERS, type UserClasses } from './user-classes.ts'

/** What a path says. */
export interface Heard {
  /** The right of each class there. */
  readonly rights: Uint8Array
  /** Whom anything is said of at the path itself, sorted: nobody else's right is another one than above. */
  readonly heard: Int32Array
}

const NOBODY = new Int32Array()

/** What every class of users may do in one repository, asked path by path from the root down. */
export class RightsOfClasses {
  readonly #statementsAt: ReadonlyMap<string, readonly Statement[]>
  readonly #disabled: Int32Array
  readonly #classes: UserClasses
  readonly #all: Int32Array

  constructor(rights: RepositoryRights, classes: UserClasses) {
    this.#statementsAt = Map.groupBy(rights.statements, ({ path }) => path)
    this.#disabled = classes.membersOf(rights.disabled)
    this.#classes = classes
    this.#all = Int32Array.from({ length: classes.count }, (_, each) => each)
  }

  /** What holds above the root: nobody may do anything. */
  get outside(): Uint8Array {
    return new Uint8Array(this.#classes.count)
  }

  /**
   * What holds at a path, from what holds at the nearest path above that is spoken of. In time that goes with whom the
   * path speaks of: at ten thousand paths, each of a few among ten thousand classes, looking at all is a hundred million looks.
   */
  hearAt(path: string, above: Uint8Array): Heard {
    const speech = this.#speechAt(path)
    if (!speech) return { rights: above, heard: NOBODY }
    const rights = above.slice()
    const wide = speech.authenticated ?? speech.everyone
    if (speech.everyone !== undefined) rights[ANONYMOUS] = speech.everyone
    if (wide !== undefined) rights.fill(wide, OTHERS)
    speech.members.forEach((each, i) => {
      rights[each] = speech.rights[i] ?? NONE
    })
    for (const each of this.#disabled) rights[each] = NONE
    const isOnlySignedIn = speech.everyone === undefined
    return {
      rights,
      heard: wide === undefined ? speech.members : this.#all.subarray(isOnlySignedIn ? OTHERS : ANONYMOUS),
    }
  }

  #speechAt(path: string): Speech | undefined {
    const statements = this.#statementsAt.get(path)
    return statements && hearStatements(statements, this.#classes)
  }
}
