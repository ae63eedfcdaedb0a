import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { ClientStanding } from './gate.ts'
import type { ClientStandingStore } from './standing-store.ts'

const FIND_STANDING = statement<ClientStanding>(
  'permitted-clients.find-standing',
  `select client.enabled as "isClientEnabled", coalesce(permitted.is_permitted, false) as "isPermitted"
   from client_application client
   left join permitted_client permitted
     on permitted.organisation_id = $1 and permitted.client_id = client.client_id
   where client.client_id = $2`,
)

/** What an organisation decides holds from the next question on, on every node. */
export function sqlClientStandingStore(connection: Connection): ClientStandingStore {
  return {
    findStanding: async (organisation, clientId) =>
      (await connection.query(FIND_STANDING, [organisation, clientId]))[0],
  }
}
