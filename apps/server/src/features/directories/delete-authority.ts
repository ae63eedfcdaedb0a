import type { ProposalKind } from '../../kernel/proposal.ts'
import type { AuthorityReads, AuthorityWrites } from './authority-store.ts'
import { assertMayChangeAuthorities, ldapAuthorityErrors } from './ldap-authority.ts'

/** Forgets a directory that no team and no user names any more. */
export const deleteAuthority: ProposalKind<AuthorityReads, AuthorityWrites, { readonly authorityId: string }> = {
  type: 'ldapauthority.delete',
  creates: false,
  async check(reads, { caller }, { authorityId }) {
    assertMayChangeAuthorities(caller)
    const authority = await reads.findAuthority(authorityId)
    if (!authority) throw ldapAuthorityErrors.not_found(authorityId)
    const { teams, users } = await reads.countAuthorityUses(authorityId)
    if (teams + users > 0) throw ldapAuthorityErrors.in_use(teams, users)
    return {
      object: { type: 'ldapauthority', id: authorityId, details: { name: authority.name, url: authority.url } },
      touches: [],
      atOnce: true,
      write: (writes) => writes.removeAuthority(authorityId),
    }
  },
}
