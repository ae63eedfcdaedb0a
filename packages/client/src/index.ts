export type {
  AccessCheck,
  AccessCheckOptions,
  AccessDecision,
  AccessLink,
  Reached,
  Reaching,
  WhatOptions,
  WhatPage,
  WhatQuestion,
  WhoOptions,
  WhoPage,
  WhoQuestion,
} from './access.ts'
export type { Admin, AdminRights, Role } from './admins.ts'
export type {
  Anchor,
  AuditBreak,
  AuditFilter,
  AuditOutcome,
  AuditPageRequest,
  AuditProgress,
  AuditRecord,
  AuditRecords,
} from './audit.ts'
export type { AuthzFiles, FileEntry, FileIndex, FileIndexOptions } from './authz-files.ts'
export type { BulkJob, BulkResult } from './bulk-jobs.ts'
export {
  ClientApi,
  type ConnectorStatus,
  type ConnectorToken,
  type Device,
  type LogIn,
  type NewConnector,
  OwnConnector,
  type Registration,
  type StatusOptions,
} from './client-api.ts'
export type { ClientApplication, ClientMetadata, NewClientApplication } from './client-applications.ts'
export type { ClientRequest, CompanyClient } from './company-clients.ts'
export type {
  Connector,
  ConnectorAct,
  ConnectorFilter,
  ConnectorSelection,
  ListConnectorsOptions,
  SettableState,
} from './connectors.ts'
export type { DataSourceGroup, DataSourceGroupChange, NewDataSourceGroup, RootsPage } from './data-source-groups.ts'
export type {
  DataSource,
  DataSourceChange,
  DataSourceTest,
  NewDataSource,
  NewDataSourceTest,
} from './data-sources.ts'
export type { DirectorySync, DirectorySyncOptions, DirectorySyncPreview } from './directory-syncs.ts'
export type { EnforcementStatus, WaitingChange } from './enforcement.ts'
export type { AccessChange, Differences, DifferencesOptions, ModelWarning } from './enforcement-reports.ts'
export type { Change, ChangeOptions, Creation, HttpCall, Tagged } from './http-core.ts'
export type { KeysInUse } from './keys.ts'
export type { ConnectionTest, LdapAuthority, NewLdapAuthority, TestConnectionResult } from './ldap-authorities.ts'
export type { Leader, LeaderFlags, LeaderOf } from './leaders.ts'
export type { ListOptions } from './list-all.ts'
export type {
  CredentialUsage,
  CredentialUse,
  LoginCredential,
  LoginCredentialChange,
  NewLoginCredential,
} from './login-credentials.ts'
export type { NewOrganisation, Organisation, OrganisationChange } from './organisations.ts'
export type { AccessToken, Enrolment, NewAccessToken, OwnSession, RecoveryCodes, SecondFactor } from './own-account.ts'
export type { Page, PageRequest } from './page.ts'
export { PortreeveClient, type PortreeveClientOptions } from './portreeve-client.ts'
export { PortreeveError, UnreachableError } from './portreeve-error.ts'
export type {
  AuthzBeginning,
  ImportPlan,
  NewImport,
  NewRepository,
  PlacedStatement,
  PublishedFile,
  Repository,
  SpokenPath,
} from './repositories.ts'
export type {
  ChangedResourcePermission,
  NewResourcePermission,
  NewRule,
  ResourcePermission,
  Rule,
  RuleCounts,
  RuleOf,
} from './rules.ts'
export type { Credentials, CurrentSession, NewSuperadmin, Proof, Session } from './session.ts'
export type { Settings, SettingsChange } from './settings.ts'
export { type Task, TaskError } from './tasks.ts'
export type { AvailableResource, NewResource, NewTeam, Resource, Team } from './teams.ts'
export type { ChosenUsers, NewUser, User, UserChange, UserCounts, UserFilter } from './users.ts'
