import { isExpressiblePath } from '@portreeve/svn-authz'
import { ancestorsFirst, hearStatements, isBelow, type RepositoryRights, type Statement } from '../rules/index.ts'
import type { UserIndex } from './index-users.ts'
import { type PlannedEntry, planSection } from './plan-section.ts'
import { RightsInScope } from './rights-in-scope.ts'
import type { UserSets } from './user-sets.ts'

export interface PlannedSection {
  readonly path: string
  readonly entries: readonly PlannedEntry[]
}

/** Walks the paths from the root down and plans a section for each at which somebody's right changes. */
export function planSections(rights: RepositoryRights, users: UserIndex, sets: UserSets): PlannedSection[] {
  const statementsAt = Map.groupBy(rights.statements, (statement: Statement) => statement.path)
  const inherited = new RightsInScope(users.names.length)
  const entered: string[] = []
  const sections: PlannedSection[] = []
  for (const path of ancestorsFirst(Array.from(statementsAt.keys(), refuseInexpressible))) {
    while (entered.length > 0 && !isBelow(path, entered.at(-1) ?? '')) {
      entered.pop()
      inherited.leave()
    }
    const speech = hearStatements(statementsAt.get(path) ?? [], users)
    const entries = planSection({ speech, inherited, disabled: users.disabled, sets })
    if (entries.length === 0) continue
    sections.push({ path, entries })
    entered.push(path)
    inherited.enter(speech)
  }
  return sections
}

/** Paths are checked when they are proposed; one that got past that must not turn into another section. */
function refuseInexpressible(path: string): string {
  if (isExpressiblePath(path)) return path
  throw new Error(`No authz file can have a section for the path ${JSON.stringify(path)}.`)
}
