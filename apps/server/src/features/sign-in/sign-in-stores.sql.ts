import type { Connection } from '../../platform/database/database.ts'
import { sqlAccountStore } from './account-store.sql.ts'
import { sqlLockOutStore } from './lock-out/lock-out-store.sql.ts'
import { sqlSecondFactorStore } from './second-factor/second-factor-store.sql.ts'
import { sqlSessionStore } from './sessions/session-store.sql.ts'
import { sqlSetupCodeStore } from './setup/setup-code-store.sql.ts'
import type { SignInStores } from './sign-in-stores.ts'
import { sqlAccessTokenStore } from './tokens/access-token-store.sql.ts'
import { sqlConnectorTokenStore } from './tokens/connector-token-store.sql.ts'
import { sqlOAuthTokenStore } from './tokens/oauth-token-store.sql.ts'

/** All of this feature's stores on one connection: the pool, or a transaction. */
export function sqlSignInStores(connection: Connection): SignInStores {
  return {
    accounts: sqlAccountStore(connection),
    sessions: sqlSessionStore(connection),
    secondFactors: sqlSecondFactorStore(connection),
    accessTokens: sqlAccessTokenStore(connection),
    connectorTokens: sqlConnectorTokenStore(connection),
    oauthTokens: sqlOAuthTokenStore(connection),
    lockOuts: sqlLockOutStore(connection),
    setupCodes: sqlSetupCodeStore(connection),
  }
}
