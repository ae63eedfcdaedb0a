import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Conditional, requireVersion } from '../../kernel/version.ts'
import type { AuditStore } from '../audit/index.ts'
import { assertSameId, changedFields, parseEntryName, sentFields, versionOfEntry } from '../data-sources/index.ts'
import { type SentFields, sealSecret } from './create-credential.ts'
import {
  assertComplete,
  type Credential,
  type CredentialFields,
  credentialErrors,
  fieldsOf,
  type SecretEnvelopes,
} from './credential.ts'
import { credentialEntry } from './credential-audit.ts'
import { assertMayEditCredential } from './credential-policy.ts'
import type { CredentialStore, NewSecret } from './credential-store.ts'

interface Stores {
  readonly credentials: Pick<CredentialStore, 'findForChange' | 'findStanding' | 'save'>
  readonly audit: AuditStore
}

export interface ChangeCredentialDeps {
  readonly clock: Clock
  readonly envelopes: Pick<SecretEnvelopes, 'seal'>
  readonly credentials: Pick<CredentialStore, 'findStanding'>
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface ChangeCredentialInput extends Conditional {
  readonly caller: Principal
  readonly requestId: string
  readonly id: number
  /** The id that the body names, if it does. */
  readonly namedId: number | undefined
  readonly fields: SentFields
  /** Undefined: it stays; null: none any more. */
  readonly password: string | null | undefined
}

/** Changes what is sent; with `ifMatch`, of that version alone. */
export async function changeCredential(deps: ChangeCredentialDeps, input: ChangeCredentialInput): Promise<Credential> {
  const { caller, requestId, id, password } = input
  // Before the key service is troubled; the transaction asks again.
  await assertMayEdit(deps.credentials, caller, id)
  assertSameId(id, input.namedId)
  const sent = sentFields(input.fields)
  if (sent.name !== undefined) parseEntryName(sent.name)
  const at = deps.clock.now()
  const secret = typeof password === 'string' ? await sealSecret(deps, { id, password, caller, at }) : password
  return await deps.inTransaction(async ({ credentials, audit }) => {
    const before = await credentials.findForChange(caller.organisation, id)
    if (!before) throw credentialErrors.not_found(id)
    await assertMayEdit(credentials, caller, id)
    requireVersion(input, versionOfEntry(before))
    const after = applyChange(before, sent, secret)
    const details = describe(before, after, secret)
    if (!details) return before
    await credentials.save(after, { at, secret })
    await audit.record(credentialEntry({ caller, requestId, at, action: 'change', id, details }))
    return { ...after, modifiedAt: at }
  })
}

/** Throws `login_credential.not_found` or `.not_yours`. */
export async function assertMayEdit(
  credentials: Pick<CredentialStore, 'findStanding'>,
  caller: Principal,
  id: number,
): Promise<void> {
  const standing = await credentials.findStanding(caller, id)
  if (!standing) throw credentialErrors.not_found(id)
  assertMayEditCredential(caller, standing)
}

function applyChange(
  before: Credential,
  sent: Partial<CredentialFields>,
  secret: NewSecret | null | undefined,
): Credential {
  const given = secret ? { at: secret.at, by: secret.by } : undefined
  const secretSet = secret === undefined ? before.secretSet : given
  const after = { ...before, ...sent, secretSet }
  assertComplete(after, secretSet !== undefined)
  return after
}

/** Undefined when nothing changes. A secret is told to have changed whether or not it is the same: nobody compares them. */
function describe(before: Credential, after: Credential, secret: NewSecret | null | undefined) {
  const isForgotten = secret === null && before.secretSet !== undefined
  const changed = changedFields(fieldsOf(before), fieldsOf(after))
  if (!changed && !secret && !isForgotten) return undefined
  return { ...changed, ...(secret && { passwordSet: true }), ...(isForgotten && { passwordForgotten: true }) }
}
