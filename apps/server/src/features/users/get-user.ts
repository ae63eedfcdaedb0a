import type { ModelView } from '../../kernel/model-state.ts'
import { type User, userErrors } from './user.ts'
import type { UserReadModel } from './user-store.ts'

/** The user of the organisation; throws `user.not_found`. */
export async function getUser(
  deps: { readonly users: Pick<UserReadModel, 'find'> },
  view: ModelView,
  id: string,
): Promise<User> {
  const user = await deps.users.find(view, id)
  if (!user) throw userErrors.not_found(id)
  return user
}
