import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { STILL } from '../../../platform/database/version-rows.ts'
import { CHAIN } from '../team-tree.sql.ts'
import type { LeaderFlag } from './leader.ts'
import type { LeaderGrants } from './leader-policy.ts'

const GRANTS_ON = statement<{ flags: LeaderFlag[] }>(
  'leader.grants-on',
  `with recursive ${CHAIN('$1')}
   select leader.flags from chain
   join leader_version leader on leader.user_id = $2 and leader.team_id = chain.team_id and leader.until = ${STILL}`,
)

const LEADS_ANY = statement<{ leads: boolean }>(
  'leader.leads-any',
  `select exists (select from leader_version where user_id = $1 and until = ${STILL}) as leads`,
)

const LED_AMONG = statement<{ id: string }>(
  'leader.led-among',
  `with recursive above as (
     select id, id as team_id from unnest($2::uuid[]) as wanted (id)
     union all
     select above.id, version.parent_id from above join team_version version
     on version.team_id = above.team_id and version.until = ${STILL} where version.parent_id is not null)
   select distinct above.id from above
   join leader_version leader on leader.user_id = $1 and leader.team_id = above.team_id and leader.until = ${STILL}`,
)

/** What leaders hold, in the rows of the head. */
export function sqlLeaderGrants(connection: Connection): LeaderGrants {
  return {
    grantsOn: async (team, user) => {
      const rows = await connection.query(GRANTS_ON, [team, user])
      return rows.length === 0 ? undefined : rows.flatMap(({ flags }) => flags)
    },
    leadsAny: async (user) => (await connection.query(LEADS_ANY, [user]))[0]?.leads === true,
    ledAmong: async (user, teams) => (await connection.query(LED_AMONG, [user, teams])).map(({ id }) => id),
  }
}
