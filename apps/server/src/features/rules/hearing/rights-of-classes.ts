import type { RepositoryRights, Statement } from '../statement.ts'
import { hearStatements, type Speech } from './hear-statements.ts'
import { NONE } from './right.ts'
import { ANONYMOUS, OTHERS, type UserClasses } from './user-classes.ts'

/** What every class of users may do in one repository, asked path by path from the root down. */
export class RightsOfClasses {
  readonly #statementsAt: ReadonlyMap<string, readonly Statement[]>
  readonly #disabled: Int32Array
  readonly #classes: UserClasses

  constructor(rights: RepositoryRights, classes: UserClasses) {
    this.#statementsAt = Map.groupBy(rights.statements, ({ path }) => path)
    this.#disabled = classes.membersOf(rights.disabled)
    this.#classes = classes
  }

  /** What holds above the root: nobody may do anything. */
  get outside(): Uint8Array {
    return new Uint8Array(this.#classes.count)
  }

  /** The right of each class at a path, from those at the nearest path above that is spoken of. */
  rightsAt(path: string, above: Uint8Array): Uint8Array {
    const speech = this.#speechAt(path)
    if (!speech) return above
    const rights = above.slice()
    const wide = speech.authenticated ?? speech.everyone
    if (speech.everyone !== undefined) rights[ANONYMOUS] = speech.everyone
    if (wide !== undefined) rights.fill(wide, OTHERS)
    speech.members.forEach((each, i) => {
      rights[each] = speech.rights[i] ?? NONE
    })
    for (const each of this.#disabled) rights[each] = NONE
    return rights
  }

  /** Whom anything is said of at the path itself: 1 for each class that is. */
  heardAt(path: string): Uint8Array {
    const heard = this.outside
    const speech = this.#speechAt(path)
    if (speech?.everyone !== undefined) heard[ANONYMOUS] = 1
    if ((speech?.authenticated ?? speech?.everyone) !== undefined) heard.fill(1, OTHERS)
    for (const each of speech?.members ?? []) heard[each] = 1
    return heard
  }

  #speechAt(path: string): Speech | undefined {
    const statements = this.#statementsAt.get(path)
    return statements && hearStatements(statements, this.#classes)
  }
}
