import type { ModelView } from '../../../kernel/model-state.ts'
import { memberErrors } from './member.ts'
import type { MemberCounts, MemberReadModel } from './member-store.ts'

/** Counts for these members of the team, or for all; throws `member.not_in_team` when one is none. */
export async function countMembers(
  { members }: { readonly members: Pick<MemberReadModel, 'count'> },
  view: ModelView,
  { team, ids }: { readonly team: string; readonly ids: readonly string[] | undefined },
): Promise<readonly MemberCounts[]> {
  const counts = await members.count(view, team, ids)
  const known = new Set(counts.map(({ id }) => id))
  const strangers = (ids ?? []).filter((id) => !known.has(id))
  if (strangers.length > 0) throw memberErrors.not_in_team(strangers)
  return counts
}
