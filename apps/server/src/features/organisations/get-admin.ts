import { requireFlag } from '../../kernel/access.ts'
import { parseId, type UserId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type AdminCandidate, adminErrors } from './admin.ts'
import type { AdminStore } from './admin-store.ts'

export interface GetAdminDeps {
  readonly admins: Pick<AdminStore, 'find'>
}

export interface GetAdminInput {
  readonly caller: Principal
  /** As it stands in the path. */
  readonly userId: string
}

/** The role and flags of the caller, or of a user of the organisation acted on. */
export async function getAdmin(deps: GetAdminDeps, { caller, userId }: GetAdminInput): Promise<AdminCandidate> {
  const id = parseId<UserId>(userId)
  if (id !== caller.userId) requireFlag(caller, 'allow_view_users', 'allow_modify_users', 'allow_modify_admins')
  const found = id && (await deps.admins.find(id))
  const isTheirs = found && (found.id === caller.userId || found.organisation === caller.organisation)
  if (!isTheirs) throw adminErrors.user_not_found(userId)
  return found
}
