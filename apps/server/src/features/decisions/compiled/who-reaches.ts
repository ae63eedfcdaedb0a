import { type Right, strongerRight } from '../../rules/index.ts'
import type { ModelIndex } from './model-index.ts'
import type { ModelPermission, Spot } from './model-parts.ts'
import { rightOf } from './right-of.ts'
import { rightIn, ruleOf, type SpokenPath } from './spoken-path.ts'

/** What everybody may do at one path. */
export interface RightsOfAll {
  /** By the numbers of users; of disabled ones too, as if they were not. */
  readonly rights: Uint8Array
  readonly anonymous: Right
}

/**
 * The right of every user at a path at once: from the path up, who is named takes what is said to them first, until a wide
 * audience takes all who are left. Costs as much as the rules on the way name users.
 */
export function rightsOfAll(index: ModelIndex, spot: Spot): RightsOfAll {
  const decided = new DecidedRights(index)
  const { spoken: paths } = spot.repository
  for (let spoken = paths.nearest(spot.path); spoken && !decided.isComplete; spoken = paths.above(spoken)) {
    decided.hear(spoken)
  }
  return { rights: decided.rights, anonymous: rightOf(index, undefined, spot) }
}

class DecidedRights {
  readonly rights: Uint8Array
  isComplete = false
  readonly #index: ModelIndex
  /** At which step upwards a user was first named, from 1; 0 for not yet. */
  readonly #steps: Uint16Array
  #step = 0

  constructor(index: ModelIndex) {
    this.#index = index
    this.rights = new Uint8Array(index.usersByNumber.length)
    this.#steps = new Uint16Array(index.usersByNumber.length)
  }

  hear({ named, authenticated, everyone }: SpokenPath<ModelPermission>): void {
    this.#step += 1
    for (const entry of named) {
      for (const user of this.#index.membersOf.membersOf(ruleOf(entry))) this.#give(user, rightIn(entry))
    }
    const wide = authenticated ?? everyone
    if (wide === undefined) return
    for (const [user, step] of this.#steps.entries()) if (step === 0) this.rights[user] = wide
    this.isComplete = true
  }

  #give(user: number, right: Right): void {
    const step = this.#steps[user]
    if (step !== 0 && step !== this.#step) return
    this.rights[user] = strongerRight(step === 0 ? undefined : (this.rights[user] as Right), right)
    this.#steps[user] = this.#step
  }
}
