import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { violatedConstraint } from '../../../platform/database/violated-constraint.ts'
import type { Standing } from '../data-source-policy.ts'
import { entryErrors } from '../entries/entry-errors.ts'
import { nameKey, searchText } from '../entries/entry-text.ts'
import { GROUP_KIND, type GroupFields } from './group.ts'
import { GROUP_COLUMNS, type GroupRow, toGroup } from './group-row.sql.ts'
import type { GroupStore } from './group-store.ts'
import { GROUPS_BELOW, groupsAbove } from './group-tree.sql.ts'

// Any first key will do that nothing else takes: "tree" as bytes; the second is the organisation.
const LOCK_TREE = statement('groups.lock-tree', `select pg_advisory_xact_lock(x'74726565'::int, $1::int)`)
const FIND = statement<GroupRow>(
  'groups.find',
  `select ${GROUP_COLUMNS} from data_source_group base where base.organisation_id = $1 and base.id = $3`,
)
const LOCK = statement<{ readonly id: number }>(
  'groups.lock',
  'select id from data_source_group where organisation_id = $1 and id = $2 for no key update',
)
const STANDING = statement<Standing>(
  'groups.standing',
  `with recursive ${groupsAbove('$2')}
   select coalesce(created_by = $3::uuid, false) as "isCreator",
     exists (
       select from data_source_group_steward steward join above on above.id = steward.group_id where steward.user_id = $3
     ) as "isSteward"
   from data_source_group where organisation_id = $1 and id = $2`,
)
const IS_WITHIN = statement<{ readonly within: boolean }>(
  'groups.is-within',
  `with recursive ${groupsAbove('$2')}
   select exists (select from above join data_source_group found using (id) where found.organisation_id = $1 and id = $3) as within`,
)
const ADD = statement<{ readonly id: number }>(
  'groups.add',
  `insert into data_source_group (name, name_key, search_text, description, status, aliases, abbreviations, user_data, parent_id,
     modified_at, created_at, organisation_id, created_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12) returning id`,
)
const SAVE = statement(
  'groups.save',
  `update data_source_group set (name, name_key, search_text, description, status, aliases, abbreviations, user_data, parent_id,
     modified_at)
   = ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) where id = $11`,
)
const SET_STEWARDS = statement(
  'groups.set-stewards',
  `with kept as (delete from data_source_group_steward where group_id = $1 and user_id <> all ($2::uuid[]))
   insert into data_source_group_steward (group_id, user_id) select $1, unnest($2::uuid[]) on conflict do nothing`,
)
const PLACE = statement('groups.place', 'update data_source set group_id = $2, modified_at = $3 where id = $1')
const LIST_BELOW = statement<{ readonly id: number }>(
  'groups.list-below',
  `with recursive ${GROUPS_BELOW} select id from below order by depth desc`,
)
const UNGROUP = statement<{ readonly id: number }>(
  'groups.ungroup',
  `update data_source set group_id = null, modified_at = $3
   where id in (select id from data_source where organisation_id = $1 and group_id = any($2::int[]) limit $4) returning id`,
)
const REMOVE = statement(
  'groups.remove',
  'delete from data_source_group where organisation_id = $1 and id = any($2::int[])',
)
const FOLLOW = statement<{ readonly changed: number }>(
  'groups.follow',
  `insert into data_source_group_follower (group_id, user_id) values ($1, $2) on conflict do nothing returning 1 as changed`,
)
const UNFOLLOW = statement<{ readonly changed: number }>(
  'groups.unfollow',
  'delete from data_source_group_follower where group_id = $1 and user_id = $2 returning 1 as changed',
)

/** Groups in the table `data_source_group`. */
export function sqlGroupStore(connection: Connection): GroupStore {
  return {
    async lockTree(organisation) {
      await connection.query(LOCK_TREE, [organisation])
    },
    async find({ organisation, userId }, id) {
      const [row] = await connection.query(FIND, [organisation, userId, id])
      return row && toGroup(row)
    },
    lock: async (organisation, id) => (await connection.query(LOCK, [organisation, id])).length > 0,
    standingTo: async ({ organisation, userId }, id) =>
      (await connection.query(STANDING, [organisation, id, userId]))[0],
    isWithin: async (organisation, id, other) =>
      (await connection.query(IS_WITHIN, [organisation, id, other]))[0]?.within ?? false,
    async add(fields, { at, by }) {
      const [row] = await connection
        .query(ADD, [...valuesOf(fields, at), by.organisation, by.userId])
        .catch(rethrowNamed)
      if (!row) throw new Error('An insert answered no row.')
      return row.id
    },
    async save(id, fields, at) {
      await connection.query(SAVE, [...valuesOf(fields, at), id]).catch(rethrowNamed)
    },
    async setStewards(id, userIds) {
      await connection.query(SET_STEWARDS, [id, userIds])
    },
    async place(dataSource, group, at) {
      await connection.query(PLACE, [dataSource, group, at])
    },
    async removeTree(organisation, id, at) {
      const below = (await connection.query(LIST_BELOW, [organisation, id])).map((group) => group.id)
      const ungrouped: number[][] = []
      for (const groups of slicesOf(below)) {
        ungrouped.push(await ungroupAll(connection, { organisation, groups, at }))
        await connection.query(REMOVE, [organisation, groups])
      }
      return { groups: below.filter((group) => group !== id), ungrouped: ungrouped.flat() }
    },
    async setFollowing(id, userId, isFollowed) {
      return (await connection.query(isFollowed ? FOLLOW : UNFOLLOW, [id, userId])).length > 0
    },
  }
}

// A statement takes as long for a tree of any size: one for all of a large tree would come to its limit of time.
const MOST_AT_ONCE = 10_000

function slicesOf(ids: readonly number[]): readonly (readonly number[])[] {
  const starts = Array.from({ length: Math.ceil(ids.length / MOST_AT_ONCE) }, (_, index) => index * MOST_AT_ONCE)
  return starts.map((start) => ids.slice(start, start + MOST_AT_ONCE))
}

interface Ungrouping {
  readonly organisation: number
  readonly groups: readonly number[]
  readonly at: Date
}

/** Answers the ids of the data sources that were in these groups. */
async function ungroupAll(connection: Connection, { organisation, groups, at }: Ungrouping): Promise<number[]> {
  const ungrouped: number[] = []
  for (;;) {
    const taken = await connection.query(UNGROUP, [organisation, groups, at, MOST_AT_ONCE])
    for (const { id } of taken) ungrouped.push(id)
    if (taken.length < MOST_AT_ONCE) return ungrouped
  }
}

function valuesOf(fields: GroupFields, at: Date): readonly unknown[] {
  const { name, description, status, aliases, abbreviations, userData, parentId } = fields
  return [name, nameKey(name), searchText(fields), description, status, aliases, abbreviations, userData, parentId, at]
}

function rethrowNamed(error: unknown): never {
  if (violatedConstraint(error) === 'data_source_group_name') throw entryErrors.name_taken(GROUP_KIND.type)
  throw error
}
