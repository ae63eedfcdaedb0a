import type { BenchDatabase } from '../harness/bench-database.ts'
import { timed } from '../harness/interleave.ts'
import type { Entry } from './read-plainly.ts'

/** How long it takes to read people and to write them as users and members, by nothing but two statements. */
export async function writePlainly({ pool }: BenchDatabase, read: () => Promise<readonly Entry[]>): Promise<number> {
  const prepared = await pool.query<{ organisation: number; team: string }>(
    `with organisation as (insert into organisation (name) values ('plain ' || gen_random_uuid()) returning id)
     insert into team (id, organisation_id) select gen_random_uuid(), id from organisation
     returning organisation_id as organisation, id as team`,
  )
  const { organisation, team } = prepared.rows[0] ?? { organisation: 0, team: '' }
  return await timed(async () => {
    const people = await read()
    await pool.query(
      `insert into app_user (id, organisation_id, username, email, display_name, ldap_authority, ldap_dn)
       select gen_random_uuid(), $1, uid, mail, uid, (select min(id::text)::uuid from ldap_authority), dn
       from unnest($2::text[], $3::text[], $4::text[]) as t (uid, mail, dn)`,
      [organisation, people.map(({ uid }) => uid), people.map(({ mail }) => mail), people.map(({ dn }) => dn)],
    )
    await pool.query(
      `insert into membership (team_id, user_id, username, since)
       select $2, id, username, 1 from app_user where organisation_id = $1`,
      [organisation, team],
    )
  })
}
