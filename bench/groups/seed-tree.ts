import type { Pool } from '../harness/bench-database.ts'
import { settle } from '../harness/seed-model.ts'

/** How many groups, and as many data sources, one in each. */
export const GROUPS = 50_000
/** Groups at the top, each with as many below it as the others. */
export const TREES = 10
/** Groups directly in a group that is full. */
const FAN_OUT = 10

/**
 * Of tree t (from 0), the groups t + 1, t + 1 + TREES, …: the n-th of them (from 0) is in the one numbered (n - 1) / FAN_OUT. Every
 * tenth has a steward, every hundredth a follower.
 */
export async function seedTree(pool: Pool): Promise<void> {
  await pool.query(
    `insert into data_source_group (id, organisation_id, parent_id, name, name_key, search_text, created_at, modified_at)
     overriding system value
     select 1 + tree + ${TREES} * n, 1, case when n > 0 then 1 + tree + ${TREES} * ((n - 1) / ${FAN_OUT}) end,
       name, lower(name), lower(name), now(), now()
     from generate_series(0, ${TREES} - 1) tree, generate_series(0, ${GROUPS / TREES} - 1) n,
       lateral (select 'Group ' || md5((1 + tree + ${TREES} * n)::text) as name) named
     order by 1`,
  )
  await pool.query(
    `insert into data_source (organisation_id, group_id, name, name_key, search_text, database_type, created_at, modified_at)
     select 1, id, 'Source of ' || name, 'source of ' || name_key, 'source of ' || search_text, 'PostgreSQL', now(), now()
     from data_source_group`,
  )
  await pool.query(
    `insert into data_source_group_steward select data_source_group.id, app_user.id from data_source_group, app_user where data_source_group.id % 10 = 0`,
  )
  await pool.query(
    `insert into data_source_group_follower select data_source_group.id, app_user.id from data_source_group, app_user where data_source_group.id % 100 = 0`,
  )
  await settle(pool)
}

/** The same anew, whatever was there, with all trees below the first one's root. */
export async function seedOneTree(pool: Pool): Promise<void> {
  await pool.query('truncate data_source, data_source_group cascade')
  await seedTree(pool)
  await pool.query('update data_source_group set parent_id = 1 where parent_id is null and id > 1')
}
