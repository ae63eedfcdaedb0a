import { stewardsOf } from '../data-source-row.sql.ts'
import type { Person } from '../entries/person.ts'
import type { Group } from './group.ts'

export interface GroupRow {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly status: string
  readonly aliases: string
  readonly abbreviations: string
  readonly user_data: string
  readonly parent_id: number | null
  readonly created_at: Date
  readonly modified_at: Date
  readonly is_followed: boolean
  readonly stewards: readonly Person[]
}

/** Of a group as `base`, for the user `$2`. */
export const GROUP_COLUMNS = `base.id, base.name, base.description, base.status, base.aliases, base.abbreviations, base.user_data,
  base.parent_id, base.created_at, base.modified_at,
  exists (
    select from data_source_group_follower follower where follower.group_id = base.id and follower.user_id = $2::uuid
  ) as is_followed,
  (${stewardsOf('data_source_group_steward', 'group_id')}) as stewards`

export function toGroup(row: GroupRow): Group {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    status: row.status,
    aliases: row.aliases,
    abbreviations: row.abbreviations,
    userData: row.user_data,
    parentId: row.parent_id,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
    isFollowed: row.is_followed,
    stewards: row.stewards,
  }
}
