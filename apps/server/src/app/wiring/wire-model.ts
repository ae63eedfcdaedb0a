import { sqlAuditStore } from '../../features/audit/audit.sql.ts'
import { changeAuthority, createAuthority, type Directory, deleteAuthority } from '../../features/directories/index.ts'
import { ldapAuthorityRoutes } from '../../features/directories/ldap-authorities.http.ts'
import {
  sqlAuthorityReadModel,
  sqlAuthorityReads,
  sqlAuthorityWrites,
} from '../../features/directories/ldap-authorities.sql.ts'
import { testConnectionRoutes } from '../../features/directories/test-connection.http.ts'
import { applySync } from '../../features/directory-sync/index.ts'
import { sqlSyncReads, sqlSyncWrites } from '../../features/directory-sync/sync.sql.ts'
import { importRoutes } from '../../features/imports/imports.http.ts'
import { sqlImportReads, sqlImportWrites } from '../../features/imports/imports.sql.ts'
import { importAuthz } from '../../features/imports/index.ts'
import {
  foreseeInTurn,
  ProposalQueue,
  type Proposals,
  proposeInTurn,
  type Refusals,
  revertModel,
} from '../../features/model/index.ts'
import { sqlAgreedOrder, type TurnDeps, takeTurn } from '../../features/model/model.sql.ts'
import { revertRoutes } from '../../features/model/revert/revert.http.ts'
import { sqlRevertReads, sqlRevertWrites } from '../../features/model/revert/revert.sql.ts'
import { sqlTaskReadModel } from '../../features/model/task-lists.sql.ts'
import { taskRoutes } from '../../features/model/tasks.http.ts'
import { sqlTaskStore } from '../../features/model/tasks.sql.ts'
import { sqlClientReads, sqlClientWrites } from '../../features/oauth/clients/client-store.sql.ts'
import { sqlAdminStore } from '../../features/organisations/admin-store.sql.ts'
import { createRepository } from '../../features/repositories/index.ts'
import { repositoryRoutes } from '../../features/repositories/repositories.http.ts'
import {
  sqlRepositoryReadModel,
  sqlRepositoryReads,
  sqlRepositoryWrites,
} from '../../features/repositories/repositories.sql.ts'
import { ruleCountRoutes } from '../../features/rules/counts/rule-counts.http.ts'
import {
  addPermissions,
  addRuleMembers,
  changePermissions,
  changeRule,
  createRule,
  deleteRule,
  removePermissions,
  removeRuleMembers,
} from '../../features/rules/index.ts'
import { ruleMemberRoutes } from '../../features/rules/members/rule-members.http.ts'
import { sqlPathReadModel } from '../../features/rules/paths/path-lists.sql.ts'
import { pathRoutes } from '../../features/rules/paths/paths.http.ts'
import { permissionRoutes } from '../../features/rules/permissions/permissions.http.ts'
import { sqlRuleReadModel } from '../../features/rules/rule-lists.sql.ts'
import { ruleRoutes } from '../../features/rules/rules.http.ts'
import { sqlRuleReads, sqlRuleWrites } from '../../features/rules/rules.sql.ts'
import { rulesOfUserRoutes } from '../../features/rules/rules-of-user.http.ts'
import { sqlSessionStore } from '../../features/sign-in/sessions/session-store.sql.ts'
import {
  addMembers,
  addResource,
  appointLeader,
  changeLeader,
  changeTeam,
  createMember,
  createTeam,
  deleteTeam,
  removeLeader,
  removeMembers,
  removeResources,
} from '../../features/teams/index.ts'
import { sqlLeaderGrants } from '../../features/teams/leaders/leader-grants.sql.ts'
import { leaderRoutes } from '../../features/teams/leaders/leaders.http.ts'
import { sqlLeaderReadModel, sqlLeaderReads, sqlLeaderWrites } from '../../features/teams/leaders/leaders.sql.ts'
import { sqlLeaderships } from '../../features/teams/leaders/leaderships.sql.ts'
import { memberRoutes } from '../../features/teams/members/members.http.ts'
import { sqlMemberReadModel, sqlMemberReads, sqlMemberWrites } from '../../features/teams/members/members.sql.ts'
import { sqlTeamsOfUser } from '../../features/teams/members/teams-of-user.sql.ts'
import { resourceRoutes } from '../../features/teams/resources/resources.http.ts'
import {
  sqlResourceReadModel,
  sqlResourceReads,
  sqlResourceWrites,
} from '../../features/teams/resources/resources.sql.ts'
import { sqlTeamReadModel } from '../../features/teams/team-lists.sql.ts'
import { teamRoutes } from '../../features/teams/teams.http.ts'
import { sqlTeamReads, sqlTeamWrites } from '../../features/teams/teams.sql.ts'
import { userPartRoutes } from '../../features/teams/user-parts.http.ts'
import { sqlAccountReads, sqlAccountWrites } from '../../features/users/accounts.sql.ts'
import { changeUser, createUser, disableUser, enableUser } from '../../features/users/index.ts'
import { sqlNamedUserLists, sqlUnnamedUserLists } from '../../features/users/named-users.sql.ts'
import { userRoutes } from '../../features/users/users.http.ts'
import { sqlUserReadModel, sqlUserReads, sqlUserWrites } from '../../features/users/users.sql.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { IdSource, UserId } from '../../kernel/ids.ts'
import type { ProposalKind } from '../../kernel/proposal.ts'
import type { Connection, Database } from '../../platform/database/database.ts'
import { PagedLists } from '../../platform/database/paged-list.ts'
import { modelRoutes } from '../../platform/http/model-routes.ts'
import type { Route } from '../../platform/http/route.ts'
import { AuthzPlanner, type PlanQuestion } from '../../platform/subversion/authz-planner.ts'
import type { Directories } from './wire-directories.ts'

export interface ModelResources {
  readonly database: Database
  readonly clock: Clock
  readonly ids: IdSource
  readonly baseUrl: string
  readonly directories: Pick<Directories, 'directory' | 'access' | 'sealer'>
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
  /** Holds the organisation's model until the transaction ends; what was queued before comes first. */
  hold(tx: Connection, organisation: number): Promise<HeldModel>
}

/** A model that nobody else changes meanwhile. */
interface HeldModel {
  propose<Input>(kind: ProposalKind<Reads, Writes, Input>, proposals: Proposals<Input>): Promise<Refusals>
  foresee<Input>(kind: ProposalKind<Reads, Writes, Input>, proposals: Proposals<Input>): Promise<Refusals>
}

// A new kind of proposal is named here once, so that it can be queued.
const KINDS: readonly ProposalKind<Reads, Writes, never>[] = [
  createUser,
  changeUser,
  disableUser,
  enableUser,
  createAuthority,
  changeAuthority,
  deleteAuthority,
  createRepository,
  importAuthz,
  createTeam,
  changeTeam,
  deleteTeam,
  appointLeader,
  changeLeader,
  removeLeader,
  addMembers,
  createMember,
  removeMembers,
  addResource,
  removeResources,
  createRule,
  changeRule,
  deleteRule,
  addRuleMembers,
  removeRuleMembers,
  addPermissions,
  changePermissions,
  removePermissions,
  revertModel,
  applySync,
]

export function wireModel(resources: ModelResources): Model {
  const { database, clock, ids, requestPublication } = resources
  const turns: TurnDeps<Reads, Writes> = {
    bindReads: (tx, organisation) => readsOn(tx, organisation, resources.directories.directory),
    bindWrites: writesOn,
    bindAudit: sqlAuditStore,
    wakeQueue: resources.wakeQueue,
  }
  const proposals = new ProposalQueue<Reads, Writes>({
    order: sqlAgreedOrder({ database, ...turns }),
    // What was queued as JSON under a kind's name was input of that kind.
    kinds: new Map(KINDS.map((kind) => [kind.type, kind as ProposalKind<Reads, Writes, unknown>])),
    ids,
    clock,
    onTouched: requestPublication,
  })
  return {
    proposals,
    routes: routesOf(resources, proposals),
    async hold(tx, organisation) {
      await proposals.drain(organisation)
      const held = { ids, turn: await takeTurn(turns, tx, organisation) }
      return {
        propose: (kind, of) => proposeInTurn(held, kind, of),
        foresee: (kind, of) => foreseeInTurn(held, kind, of),
      }
    },
  }
}

function routesOf(
  { database, clock, ids, baseUrl, directories, hashPassword }: ModelResources,
  proposals: Model['proposals'],
): Route[] {
  const lists = new PagedLists(database)
  const namedUsers = sqlNamedUserLists(lists)
  const planner = new AuthzPlanner()
  const deps = {
    model: modelRoutes<Reads, Writes>({ submit: (kind, submission) => proposals.submit(kind, submission), baseUrl }),
    clock,
    ids,
    hashPassword,
    ...directories,
    monotonicMs: () => performance.now(),
    authorities: sqlAuthorityReadModel(database, lists),
    users: sqlUserReadModel(database, lists),
    repositories: sqlRepositoryReadModel(database, lists),
    importReads: (organisation: number) => ({
      ...sqlUserReads(database, organisation),
      ...sqlImportReads(database, organisation),
    }),
    planAuthz: (question: PlanQuestion, signal: AbortSignal) => planner.plan(question, signal),
    teams: sqlTeamReadModel(database, lists),
    teamsOfUser: sqlTeamsOfUser(lists),
    leaderships: sqlLeaderships(lists),
    leaders: sqlLeaderGrants(database),
    teamLeaders: sqlLeaderReadModel(database, lists),
    members: sqlMemberReadModel({ connection: database, namedUsers, unnamedUsers: sqlUnnamedUserLists(lists) }),
    resources: sqlResourceReadModel(lists),
    rules: sqlRuleReadModel(database, lists, namedUsers),
    paths: sqlPathReadModel(lists),
    tasks: sqlTaskStore(database),
    taskLists: sqlTaskReadModel(lists),
    inTransaction: <T>(work: (stores: ReturnType<typeof taskStoresOn>) => Promise<T>) =>
      database.transaction((tx) => work(taskStoresOn(tx))),
  }
  return [
    ...userRoutes(deps),
    ...userPartRoutes(deps),
    ...rulesOfUserRoutes(deps),
    ...ldapAuthorityRoutes(deps),
    ...testConnectionRoutes(deps),
    ...repositoryRoutes(deps),
    ...importRoutes(deps),
    ...teamRoutes(deps),
    ...leaderRoutes(deps),
    ...memberRoutes(deps),
    ...resourceRoutes(deps),
    ...ruleRoutes(deps),
    ...pathRoutes(deps),
    ...ruleCountRoutes(deps),
    ...ruleMemberRoutes(deps),
    ...permissionRoutes(deps),
    ...revertRoutes(deps),
    ...taskRoutes(deps),
  ]
}

function readsOn(tx: Connection, organisation: number, { assertFilter }: Pick<Directory, 'assertFilter'>) {
  return {
    ...sqlUserReads(tx, organisation),
    ...sqlAccountReads(tx, organisation),
    lockSuperadmins: () => sqlAdminStore(tx).lockSuperadmins(),
    ...sqlAuthorityReads(tx, organisation),
    ...sqlRepositoryReads(tx, organisation),
    ...sqlImportReads(tx, organisation),
    ...sqlTeamReads(tx, organisation),
    assertFilter,
    ...sqlLeaderReads(tx),
    ...sqlMemberReads(tx),
    ...sqlResourceReads(tx),
    ...sqlRuleReads(tx, organisation),
    ...sqlRevertReads(tx, organisation),
    ...sqlSyncReads(tx, organisation),
    ...sqlClientReads(tx),
  }
}

function writesOn(tx: Connection, organisation: number, revision: number) {
  return {
    ...sqlUserWrites(tx, organisation),
    ...sqlAccountWrites(tx, (user) => sqlSessionStore(tx).endAllOf(user as UserId)),
    ...sqlAuthorityWrites(tx, organisation),
    ...sqlRepositoryWrites(tx, organisation),
    ...sqlImportWrites(tx, organisation, revision),
    ...sqlTeamWrites(tx, organisation, revision),
    ...sqlLeaderWrites(tx, revision),
    ...sqlMemberWrites(tx, revision),
    ...sqlResourceWrites(tx, revision),
    ...sqlRuleWrites(tx, organisation, revision),
    ...sqlRevertWrites(tx, organisation, revision),
    ...sqlSyncWrites(tx, organisation),
    ...sqlClientWrites(tx),
  }
}

function taskStoresOn(tx: Connection) {
  return { tasks: sqlTaskStore(tx), audit: sqlAuditStore(tx) }
}
