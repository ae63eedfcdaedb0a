import { defineErrors } from './errors.ts'
import { holds, type PermissionFlag, type Principal, type Rights } from './principal.ts'

export const accessErrors = defineErrors('access', {
  flag_missing: {
    kind: 'forbidden',
    message: (flags: readonly PermissionFlag[]) => `This needs the permission ${flags.join(' or ')}.`,
  },
  not_admin: { kind: 'forbidden', message: (act: string) => `Only admins may ${act}.` },
  by_app: {
    kind: 'forbidden',
    message: () => 'An app changes nobody’s way in: that would outlive its own. Sign in to do that.',
  },
})

/** Throws `access.flag_missing` unless the caller holds one of the flags. */
export function requireFlag(caller: Rights, ...flags: readonly PermissionFlag[]): void {
  if (!flags.some((flag) => holds(caller, flag))) throw accessErrors.flag_missing(flags)
}

/**
 * Throws `access.by_app` for the token of a connector or of an app: of tokens, passwords, sessions, second factors and
 * the rights of admins. An admin ends a connector, a company shuts an app out, and with it all that either could do.
 */
export function refuseApps({ via }: Pick<Principal, 'via'>): void {
  if (via === 'connector' || via === 'oauth') throw accessErrors.by_app()
}
