import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { Standing } from './data-source-policy.ts'
import type { StewardshipReads } from './data-source-store.ts'
import { groupsAbove } from './groups/group-tree.sql.ts'

const STANDING = statement<Standing>(
  'stewardship.data-source',
  `with recursive ${groupsAbove('(select group_id from data_source where organisation_id = $1 and id = $2)')}
   select coalesce(created_by = $3::uuid, false) as "isCreator",
     exists (select from data_source_steward where data_source_id = $2 and user_id = $3)
     or exists (
       select from data_source_group_steward steward join above on above.id = steward.group_id where steward.user_id = $3
     ) as "isSteward"
   from data_source where organisation_id = $1 and id = $2`,
)

/** Stewards of data sources, and of the groups they are in. */
export function sqlStewardshipReads(connection: Connection): StewardshipReads {
  return {
    async standingTo({ organisation, userId }, dataSource) {
      const [standing] = await connection.query(STANDING, [organisation, dataSource, userId])
      return standing
    },
  }
}
