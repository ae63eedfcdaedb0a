import type { ProposalKind } from '../../kernel/proposal.ts'
import type { AuthorityReads, AuthorityWrites, SealedAuthority } from './authority-store.ts'
import { assertNameFree } from './create-authority.ts'
import {
  type AuthoritySettings,
  assertMayChangeAuthorities,
  destinationOf,
  ldapAuthorityErrors,
} from './ldap-authority.ts'
import { assertBindComplete, type SealedSettings } from './seal-authority.ts'

export interface AuthorityChange extends SealedSettings {
  readonly authorityId: string
}

/** Gives an authority these settings; what was left out of them has its default, and the bind password stays. */
export const changeAuthority: ProposalKind<AuthorityReads, AuthorityWrites, AuthorityChange> = {
  type: 'ldapauthority.change',
  creates: false,
  async check(reads, { caller }, { authorityId, id, settings, sealedPassword: sent }) {
    assertMayChangeAuthorities(caller)
    const before = await reads.findAuthority(authorityId)
    if (!before) throw ldapAuthorityErrors.not_found(authorityId)
    if (id !== undefined && id !== authorityId) throw ldapAuthorityErrors.other_id(authorityId)
    await assertNameFree(reads, settings.name, authorityId)
    const sealedPassword = sent === undefined ? keptPassword(before, settings, caller.organisation) : sent
    assertBindComplete(settings.bindDn, sealedPassword)
    const { sealedPassword: _, id: __, ...former } = before
    return {
      object: {
        type: 'ldapauthority',
        id: authorityId,
        details: { before: former, after: settings, passwordChanged: sent !== undefined },
      },
      touches: [],
      atOnce: true,
      write: (writes) => writes.changeAuthority({ id: authorityId, ...settings, sealedPassword }),
    }
  },
}

/** Nobody reads the password; so nobody may have it sent to a place of their own choice either. */
function keptPassword(before: SealedAuthority, after: AuthoritySettings, organisation: number): string | null {
  if (before.sealedPassword === null || after.bindDn === null) return null
  const isSamePlace = destinationOf(organisation, before) === destinationOf(organisation, after)
  if (!isSamePlace) throw ldapAuthorityErrors.password_again()
  return before.sealedPassword
}
