import type { Principal } from '../../kernel/principal.ts'
import type { SealedAuthority, SecretSealer } from './authority-store.ts'
import type { Directory } from './directory.ts'
import {
  type AuthoritySettings,
  assertMayChangeAuthorities,
  destinationOf,
  ldapAuthorityErrors,
  type NewAuthoritySettings,
  type OpenAuthority,
  parseAuthoritySettings,
} from './ldap-authority.ts'

export interface SealAuthorityDeps {
  readonly directory: Pick<Directory, 'assertFilter'>
  readonly sealer: SecretSealer
}

/** As a request sends it. */
export type AuthorityBody = NewAuthoritySettings & { readonly id?: string; readonly bindPassword?: string | null }

/** What of an authority can be proposed. A proposal may wait in the database, so its password is sealed already. */
export interface SealedSettings {
  readonly id?: string
  readonly settings: AuthoritySettings
  /** Undefined when none was sent. */
  readonly sealedPassword?: string | null
}

export function sealAuthority(deps: SealAuthorityDeps, caller: Principal, body: AuthorityBody): SealedSettings {
  assertMayChangeAuthorities(caller)
  const { id, bindPassword, ...given } = body
  const settings = checkSettings(deps.directory, given)
  if (bindPassword === '') throw ldapAuthorityErrors.password_missing()
  const destination = destinationOf(caller.organisation, settings)
  return {
    ...(id !== undefined && { id }),
    settings,
    ...(bindPassword !== undefined && {
      sealedPassword: bindPassword === null ? null : deps.sealer.seal(bindPassword, destination),
    }),
  }
}

/** An authority that is not stored, with all that it takes to try it. */
export function openUnstored(deps: Pick<SealAuthorityDeps, 'directory'>, body: AuthorityBody): OpenAuthority {
  const { id: _, bindPassword = null, ...given } = body
  const settings = checkSettings(deps.directory, given)
  assertBindComplete(settings.bindDn, bindPassword)
  return { id: '', ...settings, bindPassword }
}

/** Opens what is stored. Throws `sealed_secret.*` when the password is not for this server or this destination. */
export function openStored(sealer: SecretSealer, organisation: number, authority: SealedAuthority): OpenAuthority {
  const { sealedPassword, ...open } = authority
  const destination = destinationOf(organisation, authority)
  return { ...open, bindPassword: sealedPassword === null ? null : sealer.open(sealedPassword, destination) }
}

/** A bind DN and its password come together or not at all. */
export function assertBindComplete(bindDn: string | null, password: string | null): void {
  if (bindDn === null && password !== null) throw ldapAuthorityErrors.dn_missing()
  if (bindDn !== null && (password === null || password === '')) throw ldapAuthorityErrors.password_missing()
}

function checkSettings(directory: Pick<Directory, 'assertFilter'>, given: NewAuthoritySettings): AuthoritySettings {
  const settings = parseAuthoritySettings(given)
  directory.assertFilter(settings.userFilter, 'userFilter')
  return settings
}
