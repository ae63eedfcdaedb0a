import { defineErrors } from './errors.ts'
import { holds, type PermissionFlag, type Principal } from './principal.ts'

export const accessErrors = defineErrors('access', {
  flag_missing: {
    kind: 'forbidden',
    message: (flags: readonly PermissionFlag[]) => `This needs the permission ${flags.join(' or ')}.`,
  },
  not_admin: { kind: 'forbidden', message: (act: string) => `Only admins may ${act}.` },
})

/** Throws `access.flag_missing` unless the caller holds one of the flags. */
export function requireFlag(caller: Principal, ...flags: readonly PermissionFlag[]): void {
  if (!flags.some((flag) => holds(caller, flag))) throw accessErrors.flag_missing(flags)
}
