import type { Route } from '../../platform/http/route.ts'
import type { ChangePasswordDeps } from './change-password.ts'
import { passwordRoutes } from './password.http.ts'
import { type SecondFactorDeps, secondFactorRoutes } from './second-factor/second-factor.http.ts'
import { currentSessionRoutes } from './sessions/current-session.http.ts'
import { type OwnSessionsDeps, ownSessionsRoutes } from './sessions/own-sessions.http.ts'
import { type SessionsDeps, sessionsRoutes } from './sessions/sessions.http.ts'
import { type SetupDeps, setupRoutes } from './setup/setup.http.ts'
import { type AccessTokensDeps, accessTokensRoutes } from './tokens/access-tokens.http.ts'

export type SignInDeps = SessionsDeps &
  OwnSessionsDeps &
  SecondFactorDeps &
  AccessTokensDeps &
  ChangePasswordDeps &
  SetupDeps

/** All ways of getting in. */
export function signInRoutes(deps: SignInDeps): Route[] {
  return [
    ...sessionsRoutes(deps),
    ...currentSessionRoutes(),
    ...ownSessionsRoutes(deps),
    ...secondFactorRoutes(deps),
    ...accessTokensRoutes(deps),
    ...passwordRoutes(deps),
    ...setupRoutes(deps),
  ]
}
