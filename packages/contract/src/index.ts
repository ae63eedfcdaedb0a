export { dtoListBody, IdsBody, idParams, TaskIdAnswer, Uuid } from './ids.ts'
export { ListQuery, MAX_PAGE_SIZE, pagedResultList, StateQuery } from './paged-result-list.ts'
export { RepositoryBody, RepositoryDto } from './repositories.ts'
export {
  AudienceSchema,
  PermissionTypeSchema,
  ResourcePermissionBody,
  ResourcePermissionDto,
  RuleBody,
  RuleDto,
} from './rules.ts'
export { TaskDto } from './tasks.ts'
export { ResourceBody, ResourceDto, TeamBody, TeamDto } from './teams.ts'
export { UserBody, UserDto } from './users.ts'
