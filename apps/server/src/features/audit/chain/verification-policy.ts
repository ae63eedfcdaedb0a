import { requireFlag } from '../../../kernel/access.ts'
import { defineErrors } from '../../../kernel/errors.ts'
import type { Principal } from '../../../kernel/principal.ts'

const auditErrors = defineErrors('audit', {
  superadmin_only: {
    kind: 'forbidden',
    message: () => 'Only a superadmin may verify the audit: its chain goes through all organisations.',
  },
})

/** The chain is one for the whole server, not for an organisation. */
export function assertMayVerify(caller: Principal): void {
  if (caller.role !== 'superadmin') throw auditErrors.superadmin_only()
  requireFlag(caller, 'allow_view_audit')
}
