import type { Right } from '../../rules/index.ts'
import type { ModelIndex } from './model-index.ts'
import type { ModelRepository, ModelUser } from './model-parts.ts'
import { rightOf } from './right-of.ts'

/** A path where something is said to a user, and what they may do from there on. */
export interface Reached {
  readonly repository: ModelRepository
  readonly path: string
  readonly right: Right
}

/**
 * Every path where something is said to a user (undefined: an anonymous visitor), by name of repository, then path. Below
 * each their right is the same, up to the next.
 */
export function whatReached(index: ModelIndex, user: ModelUser | undefined): Reached[] {
  const paths = new Map<ModelRepository, Set<string>>()
  for (const rule of rulesSpeakingTo(index, user)) {
    for (const { repository, path } of rule.permissions) {
      const known = paths.get(repository)
      if (known) known.add(path)
      else paths.set(repository, new Set([path]))
    }
  }
  return [...paths]
    .sort(([a], [b]) => (a.name < b.name ? -1 : 1))
    .flatMap(([repository, spoken]) =>
      [...spoken].sort().map((path) => ({ repository, path, right: rightOf(index, user, { repository, path }) })),
    )
}

function* rulesSpeakingTo({ rulesOf, rulesByNumber, wideRules }: ModelIndex, user: ModelUser | undefined) {
  for (const number of user ? rulesOf.membersOf(user.number) : []) {
    const rule = rulesByNumber[number]
    if (rule) yield rule
  }
  for (const rule of wideRules) if (user || rule.audience === 'everyone') yield rule
}
