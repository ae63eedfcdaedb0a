import type { ModelView } from '../../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../../kernel/page.ts'
import type { Leader } from './leader.ts'
import type { LeaderGrants } from './leader-policy.ts'

/** What a proposal may ask about leaders, as all earlier proposals left them. */
export interface LeaderReads extends LeaderGrants {
  findLeader(team: string, user: string): Promise<Leader | undefined>
}

export interface LeaderWrites {
  insertLeader(leader: Leader): Promise<void>
  changeLeader(leader: Leader): Promise<void>
  removeLeader(id: string): Promise<void>
}

/** Somebody who could be made a leader of the team. */
export type LeaderCandidate = Pick<Leader, 'ownerTeam' | 'ownerUser' | 'username'>

/** What the interfaces show of leaders. */
export interface LeaderReadModel {
  find(view: ModelView, team: string, user: string): Promise<Leader | undefined>
  list(view: ModelView, team: string, request: PageRequest): Promise<Page<Leader>>
  /** Enabled users who do not lead this team itself. */
  listAvailable(view: ModelView, team: string, request: PageRequest): Promise<Page<LeaderCandidate>>
}
