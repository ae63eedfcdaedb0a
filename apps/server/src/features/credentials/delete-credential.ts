import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Conditional, requireVersion } from '../../kernel/version.ts'
import type { AuditStore } from '../audit/index.ts'
import { auditedFields, versionOfEntry } from '../data-sources/index.ts'
import { assertMayEdit } from './change-credential.ts'
import { credentialErrors, fieldsOf } from './credential.ts'
import { credentialEntry } from './credential-audit.ts'
import type { CredentialStore } from './credential-store.ts'

interface Stores {
  readonly credentials: Pick<CredentialStore, 'findForChange' | 'findStanding' | 'remove'>
  readonly audit: AuditStore
}

export interface DeleteCredentialDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface DeleteCredentialInput extends Conditional {
  readonly caller: Principal
  readonly requestId: string
  readonly id: number
}

/** Forgets login credentials and their secret; data sources they were linked to stay. */
export async function deleteCredential(deps: DeleteCredentialDeps, input: DeleteCredentialInput): Promise<void> {
  const { caller, requestId, id } = input
  const at = deps.clock.now()
  await deps.inTransaction(async ({ credentials, audit }) => {
    const before = await credentials.findForChange(caller.organisation, id)
    if (!before) throw credentialErrors.not_found(id)
    await assertMayEdit(credentials, caller, id)
    requireVersion(input, versionOfEntry(before))
    await credentials.remove(id)
    const details = auditedFields(fieldsOf(before))
    await audit.record(credentialEntry({ caller, requestId, at, action: 'delete', id, details }))
  })
}
