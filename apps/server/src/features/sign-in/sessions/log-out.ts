import type { Clock } from '../../../kernel/clock.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../../audit/index.ts'
import type { SecretSource } from '../secret-source.ts'
import type { SessionStore } from './session-store.ts'

interface Stores {
  readonly sessions: Pick<SessionStore, 'end'>
  readonly audit: AuditStore
}

export interface LogOutDeps {
  readonly clock: Clock
  readonly secrets: Pick<SecretSource, 'digest'>
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface LogOutInput {
  readonly caller: Principal
  readonly requestId: string
  /** Undefined when the caller came with an access token: there is no session to end then. */
  readonly token: string | undefined
}

/** Ends the caller's session. */
export async function logOut(deps: LogOutDeps, { caller, requestId, token }: LogOutInput): Promise<void> {
  if (caller.via !== 'session' || token === undefined) return
  const tokenHash = deps.secrets.digest(token)
  await deps.inTransaction(async ({ sessions, audit }) => {
    if (!(await sessions.end(tokenHash))) return
    await audit.record({
      organisation: caller.homeOrganisation,
      at: deps.clock.now(),
      actor: actorOf(caller),
      action: 'sign_in.end',
      object: { type: 'user', id: caller.userId },
      requestId,
    })
  })
}
