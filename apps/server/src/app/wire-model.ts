import { sqlAuditStore } from '../features/audit/audit.sql.ts'
import { ProposalQueue } from '../features/model/index.ts'
import { sqlAgreedOrder } from '../features/model/model.sql.ts'
import { taskRoutes } from '../features/model/tasks.http.ts'
import { sqlTaskStore } from '../features/model/tasks.sql.ts'
import { createRepository } from '../features/repositories/index.ts'
import { repositoryRoutes } from '../features/repositories/repositories.http.ts'
import {
  sqlRepositoryReadModel,
  sqlRepositoryReads,
  sqlRepositoryWrites,
} from '../features/repositories/repositories.sql.ts'
import { addPermissions, addRuleMembers, createRule, deleteRule, removeRuleMembers } from '../features/rules/index.ts'
import { sqlRuleReadModel } from '../features/rules/rule-lists.sql.ts'
import { rulePartRoutes } from '../features/rules/rule-parts.http.ts'
import { ruleRoutes } from '../features/rules/rules.http.ts'
import { sqlRuleReads, sqlRuleWrites } from '../features/rules/rules.sql.ts'
import { addMembers, addResource, changeTeam, createTeam, deleteTeam, removeMembers } from '../features/teams/index.ts'
import { memberRoutes } from '../features/teams/members/members.http.ts'
import { sqlMemberReadModel, sqlMemberReads, sqlMemberWrites } from '../features/teams/members/members.sql.ts'
import { resourceRoutes } from '../features/teams/resources/resources.http.ts'
import { sqlResourceReadModel, sqlResourceReads, sqlResourceWrites } from '../features/teams/resources/resources.sql.ts'
import { teamRoutes } from '../features/teams/teams.http.ts'
import { sqlTeamReadModel, sqlTeamReads, sqlTeamWrites } from '../features/teams/teams.sql.ts'
import { createUser } from '../features/users/index.ts'
import { sqlNamedUserLists } from '../features/users/named-users.sql.ts'
import { userRoutes } from '../features/users/users.http.ts'
import { sqlUserReadModel, sqlUserReads, sqlUserWrites } from '../features/users/users.sql.ts'
import type { Clock } from '../kernel/clock.ts'
import type { IdSource } from '../kernel/ids.ts'
import type { ProposalKind } from '../kernel/proposal.ts'
import type { Connection, Database } from '../platform/database/database.ts'
import { PagedLists } from '../platform/database/paged-list.ts'
import { modelRoutes } from '../platform/http/model-routes.ts'
import type { Route } from '../platform/http/route.ts'

export interface ModelResources {
  readonly database: Database
  readonly clock: Clock
  readonly ids: IdSource
  hashPassword(password: string): Promise<string>
  /** Has the outdated files of an organisation generated soon. */
  requestPublication(organisation: number): void
  /** Makes sure, within the transaction, that somebody will look at the organisation's queued tasks. */
  wakeQueue(tx: Connection, organisation: number): Promise<void>
}

type Reads = ReturnType<typeof readsOn>
type Writes = ReturnType<typeof writesOn>

/** The versioned model, with everything that reads and changes it, ready to serve. */
export interface Model {
  readonly routes: readonly Route[]
  readonly proposals: ProposalQueue<Reads, Writes>
}

// A new kind of proposal is named here once, so that it can be queued.
const KINDS: readonly ProposalKind<Reads, Writes, never>[] = [
  createUser,
  createRepository,
  createTeam,
  changeTeam,
  deleteTeam,
  addMembers,
  removeMembers,
  addResource,
  createRule,
  deleteRule,
  addRuleMembers,
  removeRuleMembers,
  addPermissions,
]

export function wireModel(resources: ModelResources): Model {
  const { database, clock, ids, requestPublication } = resources
  const proposals = new ProposalQueue<Reads, Writes>({
    order: sqlAgreedOrder({
      database,
      bindReads: readsOn,
      bindWrites: writesOn,
      bindAudit: sqlAuditStore,
      wakeQueue: resources.wakeQueue,
    }),
    // What was queued as JSON under a kind's name was input of that kind.
    kinds: new Map(KINDS.map((kind) => [kind.type, kind as ProposalKind<Reads, Writes, unknown>])),
    ids,
    clock,
    onTouched: requestPublication,
  })
  return { proposals, routes: routesOf(resources, proposals) }
}

function routesOf({ database, clock, hashPassword }: ModelResources, proposals: Model['proposals']): Route[] {
  const lists = new PagedLists(database)
  const namedUsers = sqlNamedUserLists(lists)
  const deps = {
    model: modelRoutes<Reads, Writes>((kind, submission) => proposals.submit(kind, submission)),
    clock,
    hashPassword,
    users: sqlUserReadModel(database, lists),
    repositories: sqlRepositoryReadModel(database, lists),
    teams: sqlTeamReadModel(database, lists),
    members: sqlMemberReadModel(namedUsers),
    resources: sqlResourceReadModel(lists),
    rules: sqlRuleReadModel(database, lists, namedUsers),
    tasks: sqlTaskStore(database),
    inTransaction: <T>(work: (stores: ReturnType<typeof taskStoresOn>) => Promise<T>) =>
      database.transaction((tx) => work(taskStoresOn(tx))),
  }
  return [
    ...userRoutes(deps),
    ...repositoryRoutes(deps),
    ...teamRoutes(deps),
    ...memberRoutes(deps),
    ...resourceRoutes(deps),
    ...ruleRoutes(deps),
    ...rulePartRoutes(deps),
    ...taskRoutes(deps),
  ]
}

function readsOn(tx: Connection, organisation: number) {
  return {
    ...sqlUserReads(tx, organisation),
    ...sqlRepositoryReads(tx, organisation),
    ...sqlTeamReads(tx, organisation),
    ...sqlMemberReads(tx),
    ...sqlResourceReads(tx),
    ...sqlRuleReads(tx, organisation),
  }
}

function writesOn(tx: Connection, organisation: number, revision: number) {
  return {
    ...sqlUserWrites(tx, organisation),
    ...sqlRepositoryWrites(tx, organisation),
    ...sqlTeamWrites(tx, organisation, revision),
    ...sqlMemberWrites(tx, revision),
    ...sqlResourceWrites(tx, revision),
    ...sqlRuleWrites(tx, organisation, revision),
  }
}

function taskStoresOn(tx: Connection) {
  return { tasks: sqlTaskStore(tx), audit: sqlAuditStore(tx) }
}
