import { defineErrors } from '../../kernel/errors.ts'
import type { UserId } from '../../kernel/ids.ts'
import type { PermissionFlag, Principal } from '../../kernel/principal.ts'

/** What a user may do beyond what teams grant. A plain user has no flags. */
export interface AdminRights {
  readonly role: Principal['role']
  readonly flags: ReadonlySet<PermissionFlag>
}

/** A user, seen as somebody who is or may become an admin. */
export interface AdminCandidate extends AdminRights {
  readonly id: UserId
  readonly username: string
  readonly organisation: number
  readonly enabled: boolean
}

export const adminErrors = defineErrors('admin', {
  user_not_found: { kind: 'not_found', message: (id: string) => `There is no user ${id}.` },
  flags_without_role: { kind: 'invalid', message: () => 'A plain user has no permission flags: give a role, too.' },
  superadmin_only: { kind: 'forbidden', message: () => 'Only a superadmin may make or change a superadmin.' },
  flag_not_held: {
    kind: 'forbidden',
    message: (...flags: string[]) => `Nobody hands out a permission they do not hold: ${flags.join(', ')}.`,
  },
  last_superadmin: {
    kind: 'conflict',
    message: () => 'This is the last superadmin who can appoint admins; make another first.',
  },
  own_last_right: { kind: 'conflict', message: () => 'Nobody can take away their own last admin right.' },
})
