import type { ModelView } from '../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../kernel/page.ts'
import type { TeamScope } from '../teams/index.ts'
import type { User } from '../users/index.ts'
import type { BrowsingReads } from './permissions/browsing-reads.ts'
import type { ResourcePermission, Rule } from './rule.ts'

/** What a proposal may ask about rules, as all earlier proposals left them. */
export interface RuleReads extends BrowsingReads {
  findRule(team: string, id: string): Promise<Rule | undefined>
  findRuleNamed(team: string, nameKey: string): Promise<string | undefined>
  /** Repositories of whose paths the rule speaks. */
  repositoriesOfRule(id: string): Promise<readonly string[]>
  /** Those of `users` that the rule does not name. */
  notInRule(id: string, users: readonly string[]): Promise<readonly string[]>
  /** The team's own among the given resources. */
  resourcesOfTeam(team: string, ids: readonly string[]): Promise<readonly ResourcePlace[]>
  /** Where the rule speaks through these resources already. */
  spokenOf(rule: string, resources: readonly string[]): Promise<readonly SpokenPath[]>
  /** Those of the rule's permissions that have one of these ids. */
  permissionsOfRule(rule: string, ids: readonly string[]): Promise<readonly PlacedPermission[]>
}

export interface ResourcePlace {
  readonly id: string
  readonly repositoryId: string
  readonly repositoryName: string
  readonly path: string
}

export interface SpokenPath {
  /** Of the permission. */
  readonly id: string
  readonly resource: string
  readonly effectivePath: string
}

export interface RuleWrites {
  insertRule(rule: Rule): Promise<void>
  changeRule(rule: Rule): Promise<void>
  /** With its members and permissions. */
  removeRule(id: string): Promise<void>
  addRuleMembers(id: string, users: readonly string[]): Promise<void>
  removeRuleMembers(id: string, users: readonly string[]): Promise<void>
  insertPermissions(permissions: readonly PlacedPermission[]): Promise<void>
  changePermissions(permissions: readonly PlacedPermission[]): Promise<void>
  removePermissions(ids: readonly string[]): Promise<void>
}

export interface PlacedPermission extends ResourcePermission {
  readonly repositoryId: string
  readonly effectivePath: string
}

/** The repositories that they speak of, each once. */
export function repositoriesOf(permissions: readonly PlacedPermission[]): string[] {
  return [...new Set(permissions.map(({ repositoryId }) => repositoryId))]
}

/** Rules of all teams, of those that somebody leads and those below, or of one. */
export type RuleScope = TeamScope | { readonly team: string }

/** How much belongs to a rule. */
export interface RuleCounts {
  readonly id: string
  /** Users that it names. */
  readonly users: number
  /** Resources that it speaks of. */
  readonly resources: number
}

/** What the interfaces show of rules. */
export interface RuleReadModel {
  find(view: ModelView, team: string, id: string): Promise<Rule | undefined>
  list(view: ModelView, scope: RuleScope, request: PageRequest): Promise<Page<Rule>>
  /** The rules that name the user. */
  listOfUser(view: ModelView, user: string, request: PageRequest): Promise<Page<Rule>>
  /** Of the rules with these ids, or of all of the scope; in the order of their names. */
  count(view: ModelView, scope: RuleScope, ids: readonly string[] | undefined): Promise<readonly RuleCounts[]>
  /** How many rules there are. */
  countAll(view: ModelView, scope: RuleScope): Promise<number>
  listMembers(view: ModelView, rule: string, request: PageRequest): Promise<Page<User>>
  /** Members of the rule's team whom it does not name. */
  listAvailable(view: ModelView, rule: string, request: PageRequest): Promise<Page<User>>
  listPermissions(view: ModelView, rule: string, request: PageRequest): Promise<Page<ResourcePermission>>
}
