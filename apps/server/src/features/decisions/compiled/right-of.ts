import { NONE, type Right, strongerRight } from '../../rules/index.ts'
import type { ModelIndex } from './model-index.ts'
import type { ModelUser, Spot } from './model-parts.ts'
import { placeOf } from './number-sets.ts'
import type { SpokenPath } from './spoken-path.ts'

/**
 * What a user (undefined: an anonymous visitor) may do at a path: the nearest path at or above it that says anything to them
 * decides. At each that is spoken of it takes one search in the longer of two lists for each entry of the shorter.
 */
export function rightOf(index: ModelIndex, user: ModelUser | undefined, { repository, path }: Spot): Right {
  if (user && !user.enabled) return NONE
  const { spoken: paths } = repository
  for (let spoken = paths.nearest(path); spoken; spoken = paths.above(spoken)) {
    const right = rightHeard(index, user, spoken)
    if (right !== undefined) return right
  }
  return NONE
}

/** Undefined where nothing is said to the user. */
export function rightHeard(index: ModelIndex, user: ModelUser | undefined, spoken: SpokenPath): Right | undefined {
  if (!user) return spoken.everyone
  return rightNamed(index, user, spoken) ?? spoken.authenticated ?? spoken.everyone
}

function rightNamed({ rulesOf }: ModelIndex, { number }: ModelUser, { rules, rights }: SpokenPath): Right | undefined {
  const count = rulesOf.sizeOf(number)
  let right: Right | undefined
  if (count < rules.length) {
    for (let n = 0; n < count; n += 1) {
      const place = placeOf(rules, rulesOf.memberAt(number, n) as number)
      if (place >= 0) right = strongerRight(right, rights[place] as Right)
    }
  } else {
    for (let place = 0; place < rules.length; place += 1) {
      if (rulesOf.has(number, rules[place] as number)) right = strongerRight(right, rights[place] as Right)
    }
  }
  return right
}
