import { idParams, UserBody, UserDto } from '@portreeve/contract'
import type { ModelRoutes } from '../../platform/http/model-routes.ts'
import type { Route } from '../../platform/http/route.ts'
import { createUser } from './create-user.ts'
import { assertMayViewUsers, userErrors } from './user.ts'
import type { UserReadModel, UserReads, UserWrites } from './user-store.ts'

export interface UserRoutesDeps {
  readonly model: ModelRoutes<UserReads, UserWrites>
  readonly users: UserReadModel
  /** The Argon2id hash of a password, for storing. */
  hashPassword(password: string): Promise<string>
}

const VIEW = 'allow_view_users, allow_modify_users or allow_modify_teams'

/** Operations on users. */
export function userRoutes({ model, users, hashPassword }: UserRoutesDeps): Route[] {
  return [
    model.list({
      name: 'listUsers',
      url: '/api/users',
      summary: 'List the users of the organisation',
      permission: VIEW,
      may: assertMayViewUsers,
      entry: UserDto,
      keys: ['username', 'email', 'displayName', 'enabled', 'id'],
      page: (view, request) => users.list(view, request),
    }),
    model.change({
      name: 'createUser',
      method: 'POST',
      url: '/api/users',
      summary: 'Create a user',
      permission: 'allow_modify_users',
      body: UserBody,
      kind: createUser,
      // Hashed before it is proposed: a proposal may wait in the database, and hashing must not hold its lock.
      input: async ({ body: { password, id: _, ...user } }) => ({
        ...user,
        passwordHash: password === undefined ? null : await hashPassword(password),
      }),
    }),
    model.get({
      name: 'getUser',
      url: '/api/users/{id}',
      summary: 'Get a user',
      permission: VIEW,
      may: assertMayViewUsers,
      params: idParams('id'),
      entry: UserDto,
      get: async (view, { id }) => {
        const user = await users.find(view, id)
        if (!user) throw userErrors.not_found(id)
        return user
      },
    }),
  ]
}
