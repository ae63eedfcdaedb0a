import type { AccountStore } from './account-store.ts'
import type { LockOutStore } from './lock-out/lock-out-store.ts'
import type { SecondFactorStore } from './second-factor/second-factor-store.ts'
import type { SessionStore } from './sessions/session-store.ts'
import type { SetupCodeStore } from './setup/setup-code-store.ts'
import type { AccessTokenStore } from './tokens/access-token-store.ts'

/** This feature's own stores. */
export interface SignInStores {
  readonly accounts: AccountStore
  readonly sessions: SessionStore
  readonly secondFactors: SecondFactorStore
  readonly accessTokens: AccessTokenStore
  readonly connectorTokens: Pick<AccessTokenStore, 'findUser'>
  readonly oauthTokens: Pick<AccessTokenStore, 'findUser'>
  readonly lockOuts: LockOutStore
  readonly setupCodes: SetupCodeStore
}
