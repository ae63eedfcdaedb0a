import type { Pool } from '../harness/bench-database.ts'

const PAGE_SIZE = 25

/** A part of a list as one would ask for it by hand: groups, or those whose text has a word in it, or those in a group. */
export interface PlainList {
  readonly what: string
  readonly offset: number
  readonly where: string
  readonly values: readonly unknown[]
}

/** The page and the total, each prepared by name, at once: rows alone, nobody's name and nobody's following. */
export async function listPlainly(pool: Pool, { what, offset, where, values }: PlainList): Promise<void> {
  const from = `from data_source_group where organisation_id = 1 and ${where}`
  const page = `select * ${from} order by name_key limit ${PAGE_SIZE} offset ${offset}`
  await Promise.all([
    pool.query({ name: `${what}: page`, text: page, values: [...values] }),
    pool.query({ name: `${what}: total`, text: `select count(*) ${from}`, values: [...values] }),
  ])
}

/** One row changed and nothing looked at. */
export async function movePlainly(pool: Pool, group: number, parent: number): Promise<void> {
  await pool.query({
    name: 'plain move',
    text: 'update data_source_group set parent_id = $2, modified_at = now() where id = $1',
    values: [group, parent],
  })
}

/** What is below, found twice; the database's own foreign keys are looked at here, too. */
export async function deletePlainly(pool: Pool, group: number): Promise<void> {
  const below = `with recursive below as (
    select id from data_source_group where id = $1
    union all select child.id from below join data_source_group child on child.organisation_id = 1 and child.parent_id = below.id
  )`
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(
      `${below} update data_source set group_id = null where organisation_id = 1 and group_id in (select id from below)`,
      [group],
    )
    await client.query(`${below} delete from data_source_group where id in (select id from below)`, [group])
    await client.query('commit')
  } finally {
    client.release()
  }
}
