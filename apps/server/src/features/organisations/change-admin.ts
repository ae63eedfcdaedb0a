import { refuseApps, requireFlag } from '../../kernel/access.ts'
import type { Clock } from '../../kernel/clock.ts'
import { parseId, type UserId } from '../../kernel/ids.ts'
import { PERMISSION_FLAGS, type Principal } from '../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../audit/index.ts'
import { type AdminCandidate, type AdminRights, adminErrors } from './admin.ts'
import { assertAdminRemains, assertMayChangeAdmin } from './admin-policy.ts'
import type { AdminStore } from './admin-store.ts'

interface Stores {
  readonly admins: AdminStore
  readonly audit: AuditStore
}

export interface ChangeAdminDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface ChangeAdminInput {
  readonly caller: Principal
  readonly requestId: string
  /** As it stands in the path. */
  readonly userId: string
  readonly rights: AdminRights
}

/** Gives a user of the caller's acting organisation a role and exactly these flags. */
export async function changeAdmin(deps: ChangeAdminDeps, input: ChangeAdminInput): Promise<AdminCandidate> {
  const { caller, rights } = input
  refuseApps(caller)
  requireFlag(caller, 'allow_modify_admins')
  const id = parseId<UserId>(input.userId)
  const at = deps.clock.now()
  return deps.inTransaction(async ({ admins, audit }) => {
    const superadmins = await admins.lockSuperadmins()
    const before = id && (await admins.findForChange(id))
    if (before?.organisation !== caller.organisation) throw adminErrors.user_not_found(input.userId)
    const after = { ...before, ...rights }
    assertMayChangeAdmin(caller, before, after)
    assertAdminRemains({ callerId: caller.userId, before, after, superadmins })
    await admins.saveRights(before.id, rights)
    await audit.record({
      organisation: before.organisation,
      at,
      actor: actorOf(caller),
      action: 'admin.change',
      object: { type: 'user', id: before.id },
      details: { username: before.username, before: facts(before), after: facts(after) },
      requestId: input.requestId,
    })
    return after
  })
}

function facts({ role, flags }: AdminRights): { role: string; flags: readonly string[] } {
  return { role, flags: PERMISSION_FLAGS.filter((flag) => flags.has(flag)) }
}
