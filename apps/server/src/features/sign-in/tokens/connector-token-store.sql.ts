import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { type SignedInUserRow, signedInUserQuery, toSignedInUser } from '../signed-in-user.sql.ts'
import type { AccessTokenStore } from './access-token-store.ts'

const FIND_USER = statement<SignedInUserRow>('connector-tokens.find-user', signedInUserQuery('connector_token'))

/** Access tokens of connectors, which the connectors' own feature makes in the table `connector_token`. */
export function sqlConnectorTokenStore(connection: Connection): Pick<AccessTokenStore, 'findUser'> {
  return {
    async findUser(tokenHash, namedOrganisation) {
      const [row] = await connection.query(FIND_USER, [tokenHash, namedOrganisation ?? null])
      return row && toSignedInUser(row)
    },
  }
}
