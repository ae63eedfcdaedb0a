import type { ModelView } from '../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../kernel/page.ts'
import type { User } from '../users/index.ts'
import type { ResourcePermission, Rule } from './rule.ts'

/** What a proposal may ask about rules, as all earlier proposals left them. */
export interface RuleReads {
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
}

export interface ResourcePlace {
  readonly id: string
  readonly repositoryId: string
  readonly path: string
}

export interface SpokenPath {
  readonly resource: string
  readonly effectivePath: string
}

export interface RuleWrites {
  insertRule(rule: Rule): Promise<void>
  /** With its members and permissions. */
  removeRule(id: string): Promise<void>
  addRuleMembers(id: string, users: readonly string[]): Promise<void>
  removeRuleMembers(id: string, users: readonly string[]): Promise<void>
  insertPermissions(permissions: readonly PlacedPermission[]): Promise<void>
}

export interface PlacedPermission extends ResourcePermission {
  readonly repositoryId: string
  readonly effectivePath: string
}

/** What the interfaces show of rules. */
export interface RuleReadModel {
  find(view: ModelView, team: string, id: string): Promise<Rule | undefined>
  list(view: ModelView, team: string, request: PageRequest): Promise<Page<Rule>>
  listMembers(view: ModelView, rule: string, request: PageRequest): Promise<Page<User>>
  listPermissions(view: ModelView, rule: string, request: PageRequest): Promise<Page<ResourcePermission>>
}
