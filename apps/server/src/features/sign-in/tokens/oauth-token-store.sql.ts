import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { type SignedInUserRow, signedInUserQuery, toSignedInUser } from '../signed-in-user.sql.ts'
import type { AccessTokenStore } from './access-token-store.ts'

const FIND_USER = statement<SignedInUserRow>('oauth-tokens.find-user', signedInUserQuery('oauth_access_token'))

/** Access tokens of apps, which the authorization server issues in the table `oauth_access_token`. */
export function sqlOAuthTokenStore(connection: Connection): Pick<AccessTokenStore, 'findUser'> {
  return {
    async findUser(tokenHash, namedOrganisation) {
      const [row] = await connection.query(FIND_USER, [tokenHash, namedOrganisation ?? null])
      return row && toSignedInUser(row)
    },
  }
}
