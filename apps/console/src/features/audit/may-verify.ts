import type { CurrentSession } from '@portreeve/client'
import { holdsAny, isSuperadmin } from '../../parts/rights.ts'

/** The chain is one for the whole server, not for an organisation. */
export function mayVerify(session: CurrentSession): boolean {
  return isSuperadmin(session) && holdsAny(session, 'allow_view_audit')
}
