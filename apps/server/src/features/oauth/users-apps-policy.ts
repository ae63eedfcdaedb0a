import { accessErrors, requireFlag } from '../../kernel/access.ts'
import { parseId, type UserId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { signInErrors } from '../sign-in/index.ts'
import type { ConsentingUser, ConsentStore } from './consent-store.ts'

/** The user whose apps the caller, an admin, looks after; `text` as it stands in the path. */
export async function getLookedAfter(
  consents: Pick<ConsentStore, 'findUser'>,
  caller: Principal,
  text: string,
): Promise<ConsentingUser> {
  if (caller.role === 'user') throw accessErrors.not_admin('see and end the apps of others')
  requireFlag(caller, 'allow_modify_clients')
  const id = parseId<UserId>(text)
  const user = id && (await consents.findUser(id))
  if (user?.organisation !== caller.organisation) throw signInErrors.user_not_found(text)
  return user
}

/** A superadmin's is for superadmins. */
export function assertMayEndAppsOf(caller: Principal, { role }: Pick<ConsentingUser, 'role'>): void {
  if (role === 'superadmin' && caller.role !== 'superadmin') throw signInErrors.superadmin_only()
}
