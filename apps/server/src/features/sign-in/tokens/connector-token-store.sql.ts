import type { Connection } from '../../../platform/database/database.ts'
import { findSignedInUsers, signedInUsersStatement } from '../signed-in-user.sql.ts'
import type { AccessTokenStore } from './access-token-store.ts'

const FIND_USERS = signedInUsersStatement('connector-tokens.find-users', 'connector_token')

/** Access tokens of connectors, which the connectors' own feature makes in the table `connector_token`. */
export function sqlConnectorTokenStore(connection: Connection): Pick<AccessTokenStore, 'findUser'> {
  return { findUser: findSignedInUsers(connection, FIND_USERS) }
}
