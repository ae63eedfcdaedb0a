import type { ProposalKind } from '../../kernel/proposal.ts'
import { isPrintableName, nameKey } from '../teams/index.ts'
import type { AuthorityReads, AuthorityWrites } from './authority-store.ts'
import { assertMayChangeAuthorities, ldapAuthorityErrors } from './ldap-authority.ts'
import { assertBindComplete, type SealedSettings } from './seal-authority.ts'

/** Makes a directory known. */
export const createAuthority: ProposalKind<AuthorityReads, AuthorityWrites, SealedSettings> = {
  type: 'ldapauthority.create',
  creates: true,
  async check(reads, { caller, entityId }, { settings, sealedPassword = null }) {
    assertMayChangeAuthorities(caller)
    await assertNameFree(reads, settings.name)
    assertBindComplete(settings.bindDn, sealedPassword)
    return {
      object: { type: 'ldapauthority', id: entityId, details: { ...settings } },
      touches: [],
      atOnce: true,
      write: (writes) => writes.insertAuthority({ id: entityId, ...settings, sealedPassword }),
    }
  },
}

/** Throws unless the name will do and nothing but `id` has it. */
export async function assertNameFree(reads: AuthorityReads, name: string, id?: string): Promise<void> {
  if (!isPrintableName(name)) throw ldapAuthorityErrors.bad_name(name)
  const holder = await reads.findAuthorityNamed(nameKey(name))
  if (holder !== undefined && holder !== id) throw ldapAuthorityErrors.name_taken(name)
}
