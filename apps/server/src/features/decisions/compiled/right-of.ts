import { NONE, type Right, strongerRight } from '../../rules/index.ts'
import type { ModelIndex } from './model-index.ts'
import type { ModelPermission, ModelUser, Spot } from './model-parts.ts'
import { rightIn, rightNamedBy, ruleOf, type SpokenPath } from './spoken-path.ts'

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

type Hearable = SpokenPath<ModelPermission>

/** Undefined where nothing is said to the user. */
export function rightHeard(index: ModelIndex, user: ModelUser | undefined, spoken: Hearable): Right | undefined {
  if (!user) return spoken.everyone
  return rightNamed(index, user, spoken) ?? spoken.authenticated ?? spoken.everyone
}

function rightNamed({ rulesOf }: ModelIndex, { number }: ModelUser, { named }: Hearable): Right | undefined {
  const count = rulesOf.sizeOf(number)
  let right: Right | undefined
  if (count < named.length) {
    for (let n = 0; n < count; n += 1) {
      const given = rightNamedBy(named, rulesOf.memberAt(number, n) as number)
      if (given !== undefined) right = strongerRight(right, given)
    }
  } else {
    for (let n = 0; n < named.length; n += 1) {
      const entry = named[n] as number
      if (rulesOf.has(number, ruleOf(entry))) right = strongerRight(right, rightIn(entry))
    }
  }
  return right
}
