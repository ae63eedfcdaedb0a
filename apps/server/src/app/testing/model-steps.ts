import type { ApiClient } from './api-client.ts'
import type { Body } from './wire-format.ts'

/** Steps that most journeys begin with. Each answers the id of what it makes. */

export async function makeUser(api: ApiClient, username: string): Promise<string> {
  return (await api.change('POST /api/users', { user: { username } })).entityId
}

export async function makeRepository(api: ApiClient, name: string): Promise<string> {
  return (await api.change('POST /api/repositories', { repository: { name } })).entityId
}

export async function makeTeam(api: ApiClient, name: string, parentTeam?: string): Promise<string> {
  return (await api.change('POST /api/teams', { team: { name, parentTeam } })).entityId
}

export interface ResourceOf {
  readonly team: string
  readonly repository: string
  readonly path?: string
}

export async function makeResource(api: ApiClient, { team, repository, path }: ResourceOf): Promise<string> {
  const body = { resource: { repositoryName: repository, path } }
  return (await api.change(`POST /api/teams/${team}/resources`, body)).entityId
}

export interface RuleOf {
  readonly team: string
  readonly name: string
  readonly audience?: 'members' | 'authenticated' | 'everyone'
  /** Members of the team to name in it. */
  readonly members?: readonly string[]
  readonly permissions?: readonly Permission[]
}

export interface Permission {
  readonly resource: string
  readonly type: 'READ_WRITE' | 'READ' | 'NONE'
  readonly path?: string
}

/** Makes a rule with its members and permissions. */
export async function makeRule(api: ApiClient, rule: RuleOf): Promise<string> {
  const { team, name, audience, members = [], permissions = [] } = rule
  const { entityId } = await api.change(`POST /api/teams/${team}/rules`, { rule: { ruleName: name, audience } })
  if (members.length > 0) {
    await api.change(`POST /api/teams/${team}/rules/${entityId}/members`, { ids: { ids: members } })
  }
  if (permissions.length > 0) await permit(api, { team, rule: entityId, permissions })
  return entityId
}

export interface PermissionsOf {
  readonly team: string
  readonly rule: string
  readonly permissions: readonly Permission[]
}

/** Adds permissions to a rule; answers the task. */
export async function permit(api: ApiClient, { team, rule, permissions }: PermissionsOf): Promise<string> {
  const DTOs = permissions.map(({ resource, type, path }) => ({
    ownerResource: resource,
    permissionType: type,
    path,
  }))
  const url = `/api/teams/${team}/rules/${rule}/resourcepermissions`
  return (await api.change(`POST ${url}`, { dtolist: { DTOs } })).taskId
}

/** Adds users to a team; answers the task. */
export async function join(api: ApiClient, team: string, users: readonly string[]): Promise<string> {
  return (await api.change(`POST /api/teams/${team}/members`, { ids: { ids: users } })).taskId
}

export interface LeaderOf {
  readonly team: string
  readonly user: string
  /** Such as `manageMembers`. */
  readonly flags: readonly string[]
}

/** Makes a user a leader. */
export async function appoint(api: ApiClient, { team, user, flags }: LeaderOf): Promise<string> {
  return (await api.change(`POST /api/teams/${team}/leaders/${user}`, permissionWith(flags))).entityId
}

/** The body of a team admin permission that grants these flags. */
export function permissionWith(flags: readonly string[]): Body {
  return { teamadminpermission: Object.fromEntries(flags.map((flag) => [flag, true])) }
}
