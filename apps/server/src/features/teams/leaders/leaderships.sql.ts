import type { ModelView } from '../../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../../kernel/page.ts'
import type { PagedLists } from '../../../platform/database/paged-list.ts'
import { versionedList } from '../../../platform/database/versioned-list.ts'
import type { Leader, LeaderFlag } from './leader.ts'

interface Row extends Omit<Leader, 'flags'> {
  readonly flags: readonly LeaderFlag[]
}

/** The team admin permissions of a user, in any state of the model. */
export function sqlLeaderships(
  lists: PagedLists,
): (view: ModelView, user: string, request: PageRequest) => Promise<Page<Leader>> {
  const list = versionedList<Row>(lists, {
    name: 'leaderships',
    rows: {
      table: 'leader_version',
      columns: 'leader_id as id, team_id as "ownerTeam", user_id as "ownerUser", username, flags',
      scope: 'user_id = $1',
    },
    own: { id: 'base.id', ownerTeam: 'base."ownerTeam"' },
    select: '*',
    tieBreak: 'id',
  })
  return async (view, user, request) => {
    const { items, total } = await list(view, user, request)
    return { total, items: items.map((row) => ({ ...row, flags: new Set(row.flags) })) }
  }
}
