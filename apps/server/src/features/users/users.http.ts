import {
  CountsAnswer,
  CountsQuery,
  idParams,
  StateQuery,
  UserBody,
  UserChangeBody,
  UserDto,
  UserListQuery,
} from '@portreeve/contract'
import { Type } from 'typebox'
import type { ModelRoutes } from '../../platform/http/model-routes.ts'
import type { Route } from '../../platform/http/route.ts'
import { type AccountReads, type AccountWrites, assertMayViewUser } from './account.ts'
import { changeUser } from './change-user.ts'
import { countUsers } from './count-users.ts'
import { createUser } from './create-user.ts'
import { getUser } from './get-user.ts'
import { disableUser, enableUser } from './switch-user.ts'
import { assertMayChangeUsers, assertMayViewUsers, userErrors, versionOfUser } from './user.ts'
import type { UserReadModel, UserReads, UserWrites } from './user-store.ts'

export interface UserRoutesDeps {
  readonly model: ModelRoutes<UserReads & AccountReads, UserWrites & AccountWrites>
  readonly users: UserReadModel
  /** The Argon2id hash of a password, for storing. */
  hashPassword(password: string): Promise<string>
}

/** Who sees users and who changes them, in words. */
const USER_PERMISSIONS = {
  view: 'allow_view_users, allow_modify_users or allow_modify_teams',
  viewOne: 'the user; allow_view_users, allow_modify_users or allow_modify_teams',
  change: 'allow_modify_users for plain users, allow_modify_admins for admins; a superadmin for superadmins',
} as const

/** Operations on users. */
export function userRoutes(deps: UserRoutesDeps): Route[] {
  return [...listRoutes(deps), ...createRoutes(deps), ...accountRoutes(deps)]
}

function listRoutes({ model, users }: UserRoutesDeps): Route[] {
  return [
    model.list({
      name: 'listUsers',
      url: '/api/users',
      summary: 'List the users of the organisation',
      permission: USER_PERMISSIONS.view,
      may: assertMayViewUsers,
      entry: UserDto,
      keys: ['username', 'email', 'displayName', 'enabled', 'id'],
      query: UserListQuery,
      // Roles change without a new revision.
      isOfState: ({ role }) => role === undefined,
      page: ({ view, request, query }) => users.list(view, request, query),
    }),
    model.get({
      name: 'countUsers',
      url: '/api/users/counts',
      summary: 'Count the teams, rules and resources that users have a part in',
      permission: USER_PERMISSIONS.view,
      may: assertMayViewUsers,
      query: CountsQuery,
      entry: CountsAnswer,
      get: async ({ view, query }) => ({ counts: await countUsers({ users }, view, query.id) }),
    }),
    model.get({
      name: 'findUserByUsername',
      url: '/api/users/byusername',
      summary: 'Get the user of a name',
      permission: USER_PERMISSIONS.view,
      may: assertMayViewUsers,
      query: Type.Object(
        { ...StateQuery.properties, username: Type.String({ minLength: 1, maxLength: 256 }) },
        { additionalProperties: false },
      ),
      entry: UserDto,
      get: async ({ view, query: { username } }) => {
        const user = await users.findByUsername(view, username)
        if (!user) throw userErrors.unknown_username(username)
        return user
      },
    }),
  ]
}

function createRoutes({ model, hashPassword }: UserRoutesDeps): Route[] {
  return [
    model.change({
      name: 'createUser',
      method: 'POST',
      url: '/api/users',
      summary: 'Create a user',
      permission: 'allow_modify_users',
      body: UserBody,
      kind: createUser,
      // Hashed before it is proposed: a proposal may wait in the database, and hashing must not hold its lock.
      input: async ({ caller, body: { password, id: _, ...user } }) => {
        // Here too: hashing is no work to do for whoever asks.
        assertMayChangeUsers(caller)
        return { ...user, passwordHash: password === undefined ? null : await hashPassword(password) }
      },
    }),
  ]
}

function accountRoutes({ model, users }: UserRoutesDeps): Route[] {
  return [
    model.get({
      name: 'getUser',
      url: '/api/users/{id}',
      summary: 'Get a user',
      permission: USER_PERMISSIONS.viewOne,
      may: (caller, { id }) => assertMayViewUser(caller, id),
      params: idParams('id'),
      entry: UserDto,
      versionOf: versionOfUser,
      get: ({ view, params }) => getUser({ users }, view, params.id),
    }),
    model.change({
      name: 'changeUser',
      method: 'PUT',
      url: '/api/users/{id}',
      summary: 'Change the email address, display name or directory entry of a user',
      permission: USER_PERMISSIONS.change,
      params: idParams('id'),
      body: UserChangeBody,
      kind: changeUser,
      versioned: true,
      input: ({ params, body, ifMatch }) => ({ ...body, userId: params.id, ifMatch }),
    }),
    ...SWITCHES.flatMap(({ act, kind, summary }) =>
      SWITCH_METHODS.map(({ method, suffix }) =>
        model.change({
          name: `${act}User${suffix}`,
          method,
          url: `/api/users/{user_id}/${act}`,
          summary,
          permission: USER_PERMISSIONS.change,
          params: idParams('user_id'),
          kind,
          input: ({ params }) => ({ userId: params.user_id }),
        }),
      ),
    ),
  ]
}

const SWITCHES = [
  {
    act: 'disable',
    kind: disableUser,
    summary: 'Take all access from a user and end their sessions, at once even where updates are batched',
  },
  { act: 'enable', kind: enableUser, summary: 'Give a disabled user back what teams grant them' },
] as const

// The original's documents that are at hand name the path and no method.
const SWITCH_METHODS = [
  { method: 'PUT', suffix: '' },
  { method: 'POST', suffix: 'ByPost' },
] as const
