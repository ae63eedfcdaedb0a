import type { Clock } from '../../../kernel/clock.ts'
import type { Principal } from '../../../kernel/principal.ts'
import type { AuditStore } from '../../audit/index.ts'
import {
  type Credential,
  credentialErrors,
  type SealedSecret,
  type SecretEnvelopes,
  secretRecord,
} from '../credential.ts'
import { credentialEntry } from '../credential-audit.ts'
import type { CredentialStore } from '../credential-store.ts'
import { assertMayUse, type DataSourceAccessDeps, type LinkReads } from '../data-source-access.ts'
import type { CheckoutStore } from './checkout-store.ts'

interface Stores extends DataSourceAccessDeps {
  readonly credentials: Pick<CredentialStore, 'findForChange' | 'findSecret'>
  readonly links: LinkReads
  readonly checkouts: CheckoutStore
  readonly audit: AuditStore
  /** Whether the organisation asks for a reason. */
  isReasonRequired(organisation: number): Promise<boolean>
}

export interface CheckoutCredentialDeps {
  readonly clock: Clock
  readonly envelopes: Pick<SecretEnvelopes, 'open'>
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface CheckoutInput {
  readonly caller: Principal
  readonly requestId: string
  readonly id: number
  readonly dataSource: number
  readonly reason: string | undefined
}

export interface CheckedOut {
  readonly username: string
  readonly password: string
  readonly at: Date
}

// Nobody logs in to that many databases by hand; whoever copies everything is stopped, and seen in the audit record.
const MOST_AN_HOUR = 30
const HOUR_MS = 60 * 60 * 1000

/**
 * Hands a secret to whoever may use a data source it is linked to. That it was is in the audit record for good before the
 * secret is so much as decrypted: no audit, no secret.
 */
export async function checkoutCredential(deps: CheckoutCredentialDeps, input: CheckoutInput): Promise<CheckedOut> {
  const at = deps.clock.now()
  const { credential, secret } = await deps.inTransaction(async (stores) => {
    const found = await findAllowed(stores, input)
    await assertWithinRate(stores.checkouts, input.caller, at)
    await record(stores, input, at)
    return found
  })
  const password = await deps.envelopes.open(secret, secretRecord(input.id))
  return { username: credential.username, password, at }
}

async function findAllowed(
  deps: Stores,
  { caller, id, dataSource, reason = '' }: CheckoutInput,
): Promise<{ readonly credential: Credential; readonly secret: SealedSecret }> {
  // Locked: the password that is handed out is that of the username beside it.
  const credential = await deps.credentials.findForChange(caller.organisation, id)
  if (!credential) throw credentialErrors.not_found(id)
  await assertMayUse(deps, caller, dataSource)
  if (!(await deps.links.isLinked(dataSource, id))) throw credentialErrors.not_linked(id, dataSource)
  const isReasonMissing = reason.trim() === '' && (await deps.isReasonRequired(caller.organisation))
  if (isReasonMissing) throw credentialErrors.field_required('reason')
  const secret = await deps.credentials.findSecret(caller.organisation, id)
  if (!secret) throw credentialErrors.no_secret(id)
  return { credential, secret }
}

async function assertWithinRate(checkouts: CheckoutStore, { userId }: Principal, at: Date): Promise<void> {
  const { count, first } = await checkouts.countSince(userId, new Date(at.getTime() - HOUR_MS))
  if (count < MOST_AN_HOUR) return
  const waitMs = (first ?? at).getTime() + HOUR_MS - at.getTime()
  throw credentialErrors.too_many(MOST_AN_HOUR, Math.ceil(waitMs / 1000))
}

async function record({ audit, checkouts }: Stores, input: CheckoutInput, at: Date): Promise<void> {
  const { caller, requestId, id, dataSource, reason } = input
  const details = { dataSource, reason: reason ?? null }
  await audit.record(credentialEntry({ caller, requestId, at, action: 'checkout', id, details }))
  const by = { id: caller.userId, name: caller.username }
  await checkouts.add({ organisation: caller.organisation, credential: id, dataSource, by, at, reason })
}
