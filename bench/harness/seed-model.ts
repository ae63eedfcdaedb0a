import type { Pool } from './bench-database.ts'
import { sampleIdSql } from './sample-id.ts'

/** How large a sample organisation is. Every team is a root team and has as many members, spread over all users. */
export interface SampleSize {
  readonly organisation: number
  /** The revision that makes it all. */
  readonly revision: number
  readonly users: number
  readonly teams: number
  readonly membersPerTeam: number
}

/** Puts an organisation with users, teams and memberships in by bulk. */
export async function seedOrganisation(pool: Pool, size: SampleSize): Promise<void> {
  const { organisation, revision, users, teams, membersPerTeam } = size
  const stride = Math.floor(users / membersPerTeam)
  await pool.query(`
    insert into organisation (id, name) values (${organisation}, 'organisation ${organisation}') on conflict do nothing;
    update organisation_model set head = ${revision}, target = ${revision}, enforced = ${revision}
      where organisation_id = ${organisation};
    insert into app_user (id, organisation_id, username, email, display_name)
      select ${sampleIdSql('user', 'n')}, ${organisation}, ${usernameSql('n')}, md5(n::text) || '@example.org', 'User ' || n
      from generate_series(1, ${users}) n;
    insert into team (id, organisation_id) select ${sampleIdSql('team', 'n')}, ${organisation} from generate_series(1, ${teams}) n;
    insert into team_version (team_id, organisation_id, name, name_key, since)
      select ${sampleIdSql('team', 'n')}, ${organisation}, 'Team ' || n, 'team ' || n, ${revision}
      from generate_series(1, ${teams}) n;
    insert into membership (team_id, user_id, username, since)
      select ${sampleIdSql('team', 'team')}, ${sampleIdSql('user', 'n')}, ${usernameSql('n')}, ${revision}
      from generate_series(1, ${teams}) team, generate_series(1, ${membersPerTeam}) member,
        lateral (select 1 + (team * 31 + member * ${stride}) % ${users} as n) who;
  `)
  await settle(pool)
}

/** What autovacuum would come round to: without it the first minutes are another database than the rest. */
export async function settle(pool: Pool): Promise<void> {
  await pool.query('vacuum analyze')
  await pool.query('checkpoint')
}

function usernameSql(n: string): string {
  return `'user-' || lpad((${n})::text, 6, '0')`
}
