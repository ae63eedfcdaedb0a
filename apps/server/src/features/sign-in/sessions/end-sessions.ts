import { refuseApps, requireFlag } from '../../../kernel/access.ts'
import type { Clock } from '../../../kernel/clock.ts'
import { parseId, type UserId } from '../../../kernel/ids.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { type AuditEntry, type AuditStore, actorOf } from '../../audit/index.ts'
import { assertMayChangeSignIn } from '../account-policy.ts'
import type { AccountStore } from '../account-store.ts'
import { sessionErrors, signInErrors } from '../sign-in-errors.ts'
import type { SessionId } from './session.ts'
import type { SessionStore } from './session-store.ts'

interface Stores {
  readonly accounts: Pick<AccountStore, 'findForChange'>
  readonly sessions: Pick<SessionStore, 'endOneOf' | 'endOthersOf' | 'endAllOf'>
  readonly audit: AuditStore
}

export interface EndSessionsDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

interface By {
  readonly caller: Principal
  readonly requestId: string
}

/** Ends one of the caller's own sessions; `id` as it stands in the path. */
export async function endSession(
  deps: EndSessionsDeps,
  { id: text, ...by }: By & { readonly id: string },
): Promise<void> {
  refuseApps(by.caller)
  const id = parseId<SessionId>(text)
  const userId = by.caller.userId as UserId
  await deps.inTransaction(async ({ sessions, audit }) => {
    if (!id || !(await sessions.endOneOf(userId, id))) throw sessionErrors.not_found(text)
    const own = { userId, organisation: by.caller.homeOrganisation }
    await audit.record({ ...entry(deps, by, own), action: 'session.end', object: { type: 'session', id } })
  })
}

/** Ends the caller's sessions but the one they use; all of them for who comes with an access token. */
export async function endOtherSessions(deps: EndSessionsDeps, by: By): Promise<void> {
  refuseApps(by.caller)
  const userId = by.caller.userId as UserId
  await deps.inTransaction(async ({ sessions, audit }) => {
    await sessions.endOthersOf(userId, by.caller.session?.id)
    await audit.record(entry(deps, by, { userId, organisation: by.caller.homeOrganisation }))
  })
}

/** Ends all sessions of a user; `userId` as it stands in the path. */
export async function endSessionsOf(deps: EndSessionsDeps, input: By & { readonly userId: string }): Promise<void> {
  const { caller } = input
  refuseApps(caller)
  const id = parseId<UserId>(input.userId)
  const isOwn = id === caller.userId
  if (!isOwn) requireFlag(caller, 'allow_modify_users', 'allow_modify_admins')
  await deps.inTransaction(async ({ accounts, sessions, audit }) => {
    const target = id && (await accounts.findForChange(id))
    const reach = isOwn ? caller.homeOrganisation : caller.organisation
    if (target?.organisation !== reach) throw signInErrors.user_not_found(input.userId)
    if (!isOwn) assertMayChangeSignIn(caller, target)
    await sessions.endAllOf(target.id)
    await audit.record(entry(deps, input, { userId: target.id, organisation: target.organisation }))
  })
}

function entry(
  { clock }: Pick<EndSessionsDeps, 'clock'>,
  { caller, requestId }: By,
  whose: { readonly userId: UserId; readonly organisation: number },
): AuditEntry {
  return {
    organisation: whose.organisation,
    at: clock.now(),
    actor: actorOf(caller),
    action: 'session.end_all',
    object: { type: 'user', id: whose.userId },
    requestId,
  }
}
