import type { ModelView } from '../../kernel/model-state.ts'
import { userErrors } from './user.ts'
import type { UserCounts, UserReadModel } from './user-store.ts'

/** Counts for these users, or for all; throws `user.unknown_ids` when one is none of the organisation. */
export async function countUsers(
  deps: { readonly users: Pick<UserReadModel, 'count'> },
  view: ModelView,
  ids: readonly string[] | undefined,
): Promise<readonly UserCounts[]> {
  const counts = await deps.users.count(view, ids)
  const known = new Set(counts.map(({ id }) => id))
  const unknown = (ids ?? []).filter((id) => !known.has(id))
  if (unknown.length > 0) throw userErrors.unknown_ids(unknown)
  return counts
}
