import type { Warning } from '../../../kernel/proposal.ts'
import { describeUnreachable } from '../hearing/describe-unreachable.ts'
import { findNewlyUnreachable, type ReportedAudience } from '../hearing/find-unreachable.ts'
import type { Rule } from '../rule.ts'
import type { PlacedPermission } from '../rule-store.ts'
import type { RepositoryRights } from '../statement.ts'
import type { BrowsingReads, Hearing, SpokenStatement, Spot, Whom } from './browsing-reads.ts'

export interface ChangedPermissions {
  readonly rule: Rule
  /** Those that are new, or as they are to be from now on. */
  readonly permissions: readonly PlacedPermission[]
}

/** Warns of paths that users of the rule could be let into and not browse to, unless that was so before. */
export async function warnOfPermissions(
  reads: BrowsingReads,
  { rule, permissions }: ChangedPermissions,
): Promise<Warning[]> {
  const said = permissions.map((each) => ({
    ...each,
    rule: rule.id,
    path: each.effectivePath,
    audience: rule.audience,
  }))
  const changed = new Set(said.map(({ id }) => id))
  const spots = said.filter(({ permissionType, path }) => permissionType !== 'NONE' && path !== '/')
  const whom = rule.audience === 'members' ? { membersOf: rule.id } : undefined
  const site = await lookAround(reads, spots, whom)
  return warn(site, (repositoryId) => {
    const before = site.statements.filter((each) => each.repositoryId === repositoryId)
    const added = said.filter((each) => each.repositoryId === repositoryId)
    const named = ({ rule: by }: SpokenStatement) => site.hearing.byRule.get(by) ?? []
    return {
      before: rightsOf(before, named),
      after: rightsOf([...before.filter(({ id }) => !changed.has(id)), ...added], (each) =>
        each.rule === rule.id ? site.hearing.usernames : named(each),
      ),
    }
  })
}

export interface NewRuleMembers {
  readonly rule: Rule
  /** Ids. */
  readonly users: readonly string[]
}

/** Warns of paths that the rule's new members could be let into and not browse to, unless that was so before. */
export async function warnOfMembers(reads: BrowsingReads, { rule, users }: NewRuleMembers): Promise<Warning[]> {
  if (rule.audience !== 'members') return []
  const site = await lookAround(reads, await reads.spotsOfRule(rule.id), { users })
  return warn(site, (repositoryId) => {
    const statements = site.statements.filter((each) => each.repositoryId === repositoryId)
    const named = ({ rule: by }: SpokenStatement) => site.hearing.byRule.get(by) ?? []
    return {
      before: rightsOf(statements, named),
      after: rightsOf(statements, (each) => (each.rule === rule.id ? site.hearing.usernames : named(each))),
    }
  })
}

/** Everything that decides, for some users, whether they can browse to some spots. */
interface Site {
  readonly statements: readonly SpokenStatement[]
  readonly names: ReadonlyMap<string, string>
  readonly hearing: Hearing
  readonly audiences: readonly ReportedAudience[]
}

const NO_HEARING: Hearing = { usernames: [], byRule: new Map() }

/** Reads what is said at the spots and above them, of the users in question alone: of none for a wide audience. */
async function lookAround(reads: BrowsingReads, spots: readonly Spot[], whom: Whom | undefined): Promise<Site> {
  const audiences: readonly ReportedAudience[] = whom ? ['user'] : ['authenticated', 'everyone']
  if (spots.length === 0) return { statements: [], names: new Map(), hearing: NO_HEARING, audiences }
  const repositories = [...new Set(spots.map(({ repositoryId }) => repositoryId))]
  const paths = new Set(spots.flatMap(({ path }) => pathAndAbove(path)))
  const { statements, names } = await reads.statementsAt(repositories, [...paths])
  const rules = new Set(statements.filter(({ audience }) => audience === 'members').map(({ rule }) => rule))
  return { statements, names, audiences, hearing: whom ? await reads.hearersOf([...rules], whom) : NO_HEARING }
}

function pathAndAbove(path: string): string[] {
  const parts = path.split('/').slice(1)
  return ['/', ...parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`)]
}

function rightsOf(
  statements: readonly SpokenStatement[],
  membersOf: (statement: SpokenStatement) => readonly string[],
): RepositoryRights {
  return { statements: statements.map((each) => ({ ...each, members: membersOf(each) })), disabled: [] }
}

const MOST_WARNINGS = 20

function warn(
  { names, audiences }: Site,
  rightsAround: (repositoryId: string) => { readonly before: RepositoryRights; readonly after: RepositoryRights },
): Warning[] {
  const messages = [...names].flatMap(([repositoryId, name]) => {
    const { before, after } = rightsAround(repositoryId)
    const found = findNewlyUnreachable(before, after).filter(({ audience }) => audiences.includes(audience))
    return found.map((each) => describeUnreachable(each, name))
  })
  const rest = messages.length - MOST_WARNINGS
  const told = messages.slice(0, MOST_WARNINGS)
  if (rest > 0) told.push(`The same holds for ${rest} more: GET /api/enforcement/warnings lists all of them.`)
  return told.map((message) => ({ code: 'rule.unreachable_path', message }))
}
