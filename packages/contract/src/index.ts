export { CountAnswer, CountsAnswer, CountsDto, CountsQuery } from './counts.ts'
export { TeamSyncBody, TeamSyncDto, TeamSyncPreviewDto } from './directory-sync.ts'
export { ApplyBody, EnforcementDto, PageQuery, RevertBody, WaitingChangeDto } from './enforcement.ts'
export {
  AccessChangeDto,
  DifferencesDto,
  DifferencesQuery,
  ModelWarningDto,
  RuleChangeDto,
} from './enforcement-reports.ts'
export { dtoListBody, IdsBody, idParams, TaskIdAnswer, Uuid } from './ids.ts'
export { ImportBody, ImportPlanDto, ImportQuery } from './imports.ts'
export {
  LdapAuthorityBody,
  LdapAuthorityDto,
  TestConnectionQuery,
  TestConnectionResultDto,
} from './ldap-authorities.ts'
export { TeamAdminPermissionBody, TeamAdminPermissionDto } from './leaders.ts'
export { ListQuery, MAX_PAGE_SIZE, pagedResultList, StateQuery } from './paged-result-list.ts'
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
export { TaskDto } from './tasks.ts'
export { AvailableResourceDto, ResourceBody, ResourceDto, TeamBody, TeamDto } from './teams.ts'
export { UserBody, UserChangeBody, UserDto } from './users.ts'
