export {
  AccessCheckBody,
  AccessDecisionDto,
  AccessLinkDto,
  AccessWhatDto,
  AccessWhatPage,
  AccessWhatQuery,
  AccessWhoDto,
  AccessWhoPage,
  AccessWhoQuery,
  MAX_CHECKS,
} from './access.ts'
export {
  AuditPage,
  AuditQuery,
  AuditRecordDto,
  AuditVerificationBody,
  AuditVerificationDto,
  MAX_ANCHORS,
} from './audit.ts'
export { BulkJobDto, BulkWait } from './bulk-jobs.ts'
export {
  ConnectorDto,
  ConnectorStateSchema,
  ConnectorStatusDto,
  ConnectorTokenDto,
  NewConnectorDto,
} from './connectors.ts'
export { CountAnswer, CountsAnswer, CountsDto, CountsQuery } from './counts.ts'
export {
  DATABASE_TYPES,
  DataSourceBody,
  DataSourceChangeBody,
  DataSourceDto,
  DataSourceListQuery,
} from './data-sources.ts'
export { TeamSyncBody, TeamSyncDto, TeamSyncPreviewDto } from './directory-sync.ts'
export {
  ApplyBody,
  EnforcementDto,
  FileIndexDto,
  FileIndexQuery,
  PageQuery,
  RevertBody,
  WaitingChangeDto,
} from './enforcement.ts'
export {
  AccessChangeDto,
  DifferencesDto,
  DifferencesQuery,
  ModelWarningDto,
  RuleChangeDto,
} from './enforcement-reports.ts'
export { GroupBody, GroupChangeBody, GroupDto, GroupListQuery } from './groups.ts'
export { dtoListBody, IdsBody, idParams, TaskIdAnswer, Uuid } from './ids.ts'
export { ImportBody, ImportPlanDto, ImportQuery } from './imports.ts'
export { KeysDto, RotationBody } from './keys.ts'
export {
  LdapAuthorityBody,
  LdapAuthorityDto,
  TestConnectionQuery,
  TestConnectionResultDto,
} from './ldap-authorities.ts'
export { TeamAdminPermissionBody, TeamAdminPermissionDto } from './leaders.ts'
export {
  CheckoutBody,
  CheckoutDto,
  CredentialUsageDto,
  DataSourceTestBody,
  DataSourceTestDto,
  LoginCredentialBody,
  LoginCredentialChangeBody,
  LoginCredentialDto,
  LoginCredentialListQuery,
} from './login-credentials.ts'
export { ListQuery, MAX_PAGE_SIZE, pagedResultList, StateQuery } from './paged-result-list.ts'
export { PathQuery, PlacedStatementDto, SpokenPathDto } from './paths.ts'
export {
  ClientLinkDto,
  ClientRequestsDto,
  ClientUsersDto,
  CompanyClientsDto,
  LinkDto,
  PermittedClientsDto,
} from './permitted-clients.ts'
export { RepositoryBody, RepositoryDto } from './repositories.ts'
export {
  AudienceSchema,
  PermissionTypeSchema,
  ResourcePermissionBody,
  ResourcePermissionChangeBody,
  ResourcePermissionDto,
  RuleBody,
  RuleDto,
} from './rules.ts'
export { SettingsBody, SettingsDto } from './settings.ts'
export { TASK_STATES, TaskDto, TaskListQuery } from './tasks.ts'
export {
  EntryId,
  EntryName,
  entryEnvelope,
  entryFields,
  entryId,
  entryList,
  entryListFields,
  entryParams,
  entryTextFields,
  OkAnswer,
  PersonDto,
  readOnlyEntryFields,
  StewardsBody,
  UnixSeconds,
} from './team-server.ts'
export { AvailableResourceDto, ResourceBody, ResourceDto, TeamBody, TeamDto } from './teams.ts'
export { USER_ROLES, UserBody, UserChangeBody, UserDto, UserFilterFields, UserListQuery } from './users.ts'
