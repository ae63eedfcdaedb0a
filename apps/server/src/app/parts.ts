import type { Route } from '../platform/http/route.ts'
import type { ClientApi } from './wire-client-api.ts'
import type { Connectors } from './wire-connectors.ts'
import type { DirectorySync } from './wire-directory-sync.ts'
import type { Enforcement } from './wire-enforcement.ts'
import type { Model } from './wire-model.ts'
import type { Settings } from './wire-settings.ts'
import type { SignIn } from './wire-sign-in.ts'

/** Everything the server does, wired: what it serves is the routes of them all. */
export interface Parts {
  readonly signIn: SignIn
  readonly model: Model
  readonly enforcement: Enforcement
  readonly directorySync: DirectorySync
  readonly clientApi: ClientApi
  readonly connectors: Connectors
  readonly settings: Settings
}

export function routesOf(parts: Parts): readonly Route[] {
  return Object.values<{ readonly routes: readonly Route[] }>({ ...parts }).flatMap(({ routes }) => routes)
}
