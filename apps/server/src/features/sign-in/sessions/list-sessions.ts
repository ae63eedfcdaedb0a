import type { Clock } from '../../../kernel/clock.ts'
import type { UserId } from '../../../kernel/ids.ts'
import type { Page } from '../../../kernel/page.ts'
import type { Principal } from '../../../kernel/principal.ts'
import type { SessionStore, ShownSession } from './session-store.ts'

export interface ListSessionsDeps {
  readonly clock: Clock
  readonly sessions: Pick<SessionStore, 'listOf'>
}

export interface ListSessionsInput {
  readonly caller: Principal
  /** 1-based. */
  readonly page: number
  readonly pageSize: number
}

/** The caller's own sessions that have not ended. */
export async function listSessions(
  { clock, sessions }: ListSessionsDeps,
  { caller, page, pageSize }: ListSessionsInput,
): Promise<Page<ShownSession>> {
  const slice = { now: clock.now(), offset: (page - 1) * pageSize, limit: pageSize }
  return await sessions.listOf(caller.userId as UserId, slice)
}
