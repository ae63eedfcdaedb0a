import type { Connection } from '../../../platform/database/database.ts'
import { findSignedInUsers, signedInUsersStatement } from '../signed-in-user.sql.ts'
import type { AccessTokenStore } from './access-token-store.ts'

const FIND_USERS = signedInUsersStatement('oauth-tokens.find-users', 'oauth_access_token')

/** Access tokens of apps, which the authorization server issues in the table `oauth_access_token`. */
export function sqlOAuthTokenStore(connection: Connection): Pick<AccessTokenStore, 'findUser'> {
  return { findUser: findSignedInUsers(connection, FIND_USERS) }
}
