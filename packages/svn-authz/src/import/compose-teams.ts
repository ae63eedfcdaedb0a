import type { Access, AuthzFile } from '../authz-file.ts'
import { membersOf } from '../members-of.ts'
import type { Statement } from './cover-path.ts'
import type { Place, PlannedRule, PlannedTeam, RuleAudience } from './import-plan.ts'
import { topmostPlaces } from './topmost-places.ts'
import { UniqueNames } from './unique-names.ts'

/** What is said of one place. */
export interface PlacedStatement {
  readonly place: Place
  readonly statement: Statement
}

const ACCESS_NAMES: Record<Access, string> = { rw: 'read-write', r: 'read', no: 'no access' }
const AUDIENCE_NAMES: Record<Exclude<RuleAudience, 'members'>, string> = {
  everyone: 'everyone',
  authenticated: 'signed-in users',
}
const NAMES_SPELT_OUT = 3

/**
 * A team for each group that is used or has members, one for users who are named themselves, and one for what wider
 * audiences have. In each of them, one rule for all places where the same people have the same access.
 */
export function composeTeams(file: AuthzFile, placed: readonly PlacedStatement[]): PlannedTeam[] {
  const names = new UniqueNames()
  const byGroup = Map.groupBy(placed, ({ statement }) => (statement.kind === 'group' ? statement.group : undefined))
  const groups = [...file.groups.keys()].filter((group) => byGroup.has(group) || membersOf(file, group).size > 0)
  const teams = groups.map((group) => {
    const rules = rulesOf(byGroup.get(group) ?? [], () => [...membersOf(file, group)].sort())
    const description = `The group @${group} of the imported authz file.`
    return composeTeam({ name: names.take(group), group, description, members: membersOf(file, group), rules })
  })
  const others = byGroup.get(undefined) ?? []
  const named = rulesOf(others.filter(({ statement }) => statement.kind === 'users'))
  const wide = rulesOf(others.filter(({ statement }) => statement.kind === 'audience'))
  if (named.length > 0) {
    const description = 'Users whom the imported authz file names themselves, not through a group.'
    const members = new Set(named.flatMap((rule) => rule.members))
    teams.push(composeTeam({ name: names.take('Named users'), description, members, rules: named }))
  }
  if (wide.length > 0) {
    const description = 'What all users, or anonymous visitors too, have by the imported authz file.'
    teams.push(composeTeam({ name: names.take('Everyone'), description, members: new Set(), rules: wide }))
  }
  return teams
}

type TeamParts = Omit<PlannedTeam, 'members' | 'resources'> & { readonly members: ReadonlySet<string> }

function composeTeam({ members, rules, ...team }: TeamParts): PlannedTeam {
  const resources = topmostPlaces(rules.flatMap((rule) => rule.places))
  return { ...team, members: [...members].sort(), resources, rules }
}

function rulesOf(placed: readonly PlacedStatement[], membersOfGroup: () => string[] = () => []): PlannedRule[] {
  const names = new UniqueNames()
  const groups = Map.groupBy(placed, ({ statement }) => JSON.stringify(statement))
  return [...groups.values()].flatMap((equals) => {
    const [first] = equals
    return first ? [ruleOf(first.statement, equals, { names, membersOfGroup })] : []
  })
}

interface RuleContext {
  readonly names: UniqueNames
  membersOfGroup(): string[]
}

function ruleOf(
  statement: Statement,
  placed: readonly PlacedStatement[],
  { names, membersOfGroup }: RuleContext,
): PlannedRule {
  const places = placed.map(({ place }) => place)
  const rule = { name: names.take(nameOf(statement)), access: statement.access, places }
  if (statement.kind === 'audience') return { ...rule, audience: statement.audience, members: [] }
  return { ...rule, audience: 'members', members: statement.kind === 'users' ? statement.users : membersOfGroup() }
}

function nameOf(statement: Statement): string {
  const access = ACCESS_NAMES[statement.access]
  switch (statement.kind) {
    case 'group':
      return access
    case 'audience':
      return `${AUDIENCE_NAMES[statement.audience]}: ${access}`
    case 'users': {
      const more = statement.users.length - NAMES_SPELT_OUT
      const spelt = statement.users.slice(0, NAMES_SPELT_OUT).join(', ')
      return `${spelt}${more > 0 ? ` and ${more} more` : ''}: ${access}`
    }
  }
}
