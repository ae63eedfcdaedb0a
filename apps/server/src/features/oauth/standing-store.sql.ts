import { parseId } from '../../kernel/ids.ts'
import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { StandingStore } from './standing-store.ts'

interface Row {
  readonly user_id: string
  readonly username: string
  readonly organisation_id: number
  readonly is_user_open: boolean
  readonly is_client_enabled: boolean
  readonly is_permitted: boolean
}

const FIND = statement<Row>(
  'oauth.find-standing',
  `select u.id as user_id, u.username, u.organisation_id, u.enabled and o.enabled as is_user_open,
          app.enabled as is_client_enabled, coalesce(permitted.is_permitted, false) as is_permitted
   from client_application app
   join app_user u on u.id = coalesce($2::uuid, app.user_id)
   join organisation o on o.id = u.organisation_id
   left join permitted_client permitted
     on permitted.organisation_id = u.organisation_id and permitted.client_id = app.client_id
   where app.client_id = $1`,
)

/** Nothing is cached: what a company decides holds from the next question on, on every node. */
export function sqlStandingStore(connection: Connection): StandingStore {
  return {
    async find(clientId, userId) {
      if (userId !== undefined && parseId(userId) === undefined) return undefined
      const [row] = await connection.query(FIND, [clientId, userId ?? null])
      return (
        row && {
          userId: row.user_id,
          username: row.username,
          organisation: row.organisation_id,
          isUserOpen: row.is_user_open,
          isClientEnabled: row.is_client_enabled,
          isPermitted: row.is_permitted,
        }
      )
    },
  }
}
