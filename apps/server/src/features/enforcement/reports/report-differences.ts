import { UserNumbers } from '../../rules/index.ts'
import { type AccessChange, changesFor, compareRights, type RightsComparison } from '../compare-rights.ts'
import { eachRepository, type ReportDeps } from './each-repository.ts'
import type { ChangedRule, NamedRepository, Span } from './report-store.ts'

/** What became of a rule between two revisions. */
export interface RuleChange extends Omit<ChangedRule, 'before' | 'after'> {
  /** As it is called last. */
  readonly ruleName: string
  readonly change: 'ADDED' | 'CHANGED' | 'REMOVED'
  /** Which of its own fields are others now. */
  readonly fields: readonly ('ruleName' | 'description' | 'audience')[]
}

/** What distinguishes two revisions: their rules, and who gains or loses what in which repository. */
export interface Differences {
  readonly rules: readonly RuleChange[]
  readonly repositories: readonly (RightsComparison & { readonly repositoryName: string })[]
}

export interface PlacedChange extends AccessChange {
  readonly repositoryName: string
}

/** Compares two revisions of a model. Only repositories that some change between them touched are read. */
export async function reportDifferences(deps: ReportDeps, span: Span): Promise<Differences> {
  const { organisation, from, to } = span
  const changes = await deps.store.findChanges(span)
  const views = [from, to].map((revision) => ({ organisation, state: { revision } }))
  const repositories: Differences['repositories'][number][] = []
  const numbers = new UserNumbers()
  for await (const { name, rights } of eachRepository(deps, changes.repositories.toSorted(byName), views)) {
    const [before, after] = rights
    if (!before || !after) continue
    const compared = compareRights(before, after, numbers)
    if (compared.changes.length > 0) repositories.push({ ...compared, repositoryName: name })
  }
  return { rules: changes.rules.flatMap(ruleChange).sort(byTeamAndName), repositories }
}

/** The changes of access, in the order of repositories and paths: all of them, or those a user meets. */
export function accessChanges(
  { repositories }: Differences,
  only: { readonly repositoryName?: string | undefined; readonly username?: string | undefined },
): PlacedChange[] {
  const wanted = repositories.filter(({ repositoryName }) => (only.repositoryName ?? repositoryName) === repositoryName)
  return wanted.flatMap(({ repositoryName, ...compared }) => {
    const changes = only.username === undefined ? compared.changes : changesFor(only.username, compared)
    return changes.map((change) => ({ ...change, repositoryName }))
  })
}

/** How much there is to remember: names are what makes differences large, and equal lists of them are one. */
export function weightOfDifferences({ rules, repositories }: Differences): number {
  const lists = new Set(repositories.flatMap(({ changes }) => changes.map(({ usernames }) => usernames)))
  const named = repositories.reduce((sum, each) => sum + each.named.size + each.changes.length, 0)
  return [...lists].reduce((sum, list) => sum + list.length, rules.length + named + 1)
}

function byName(a: NamedRepository, b: NamedRepository): number {
  return a.name < b.name ? -1 : 1
}

function byTeamAndName(a: RuleChange, b: RuleChange): number {
  for (const key of ['teamName', 'ruleName', 'ruleId'] as const) if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1
  return 0
}

/** Nothing, when the rule is as it was after all. */
function ruleChange({ before, after, ...rule }: ChangedRule): RuleChange[] {
  const last = after ?? before
  if (!last) return []
  const fields = (['ruleName', 'description', 'audience'] as const).filter(
    (field) => before && after && before[field] !== after[field],
  )
  const counts = [
    rule.membersAdded,
    rule.membersRemoved,
    rule.permissionsAdded,
    rule.permissionsRemoved,
    rule.permissionsChanged,
  ]
  if (before && after && fields.length === 0 && counts.every((count) => count === 0)) return []
  return [{ ...rule, ruleName: last.ruleName, change: nameChange(before, after), fields }]
}

function nameChange(before: unknown, after: unknown): RuleChange['change'] {
  if (before === undefined) return 'ADDED'
  return after === undefined ? 'REMOVED' : 'CHANGED'
}
