import type { Clock } from '../../../kernel/clock.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { Principal } from '../../../kernel/principal.ts'
import type { AuditStore } from '../../audit/index.ts'
import { type DataSource, dataSourceErrors } from '../../data-sources/index.ts'
import { type Credential, credentialErrors, type SealedSecret } from '../credential.ts'
import { credentialEntry } from '../credential-audit.ts'
import type { CredentialStore } from '../credential-store.ts'
import { assertMayUse, type DataSourceAccessDeps, type DataSourceReads, type LinkReads } from '../data-source-access.ts'
import { assertWithinRate, type UseRate } from './use-rate.ts'

/** Somebody wants a stored secret used: handed to them, or tried at its data source. */
export interface SecretUse {
  readonly caller: Principal
  readonly requestId: string
  readonly credential: number
  readonly dataSource: number
  readonly reason: string | undefined
}

export interface UseStores extends DataSourceAccessDeps {
  readonly dataSources: DataSourceReads
  readonly credentials: Pick<CredentialStore, 'findForChange' | 'findSecret'>
  readonly links: LinkReads
  readonly audit: AuditStore
  /** Whether the organisation asks for a reason. */
  isReasonRequired(organisation: number): Promise<boolean>
}

export interface UseSecretDeps<Stores extends UseStores> {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

/** How one way of using a secret differs from the other. */
export interface UseTerms<Stores> {
  /** `checkout`: the audit record's action is `login_credential.checkout`, or of a refusal `login_credential.checkout_refused`. */
  readonly action: string
  readonly rate: UseRate<Stores>
  unknownCredential(use: SecretUse): AppError
  notLinked(use: SecretUse): AppError
  /** For the audit record of a use that is allowed. */
  describe(dataSource: DataSource): Readonly<Record<string, unknown>>
  /** Keeps count of it. */
  count(stores: Stores, use: SecretUse, at: Date): Promise<void>
}

/** A use that is allowed, and written down. */
export interface AllowedUse {
  readonly dataSource: DataSource
  readonly credential: Credential
  readonly secret: SealedSecret
  readonly at: Date
}

/**
 * Lets a secret be used, or throws why not. Either is in the audit record for good by then: no record, no secret. What a
 * record tells of a refusal is the code of its error.
 */
export async function useSecret<Stores extends UseStores>(
  deps: UseSecretDeps<Stores>,
  use: SecretUse,
  terms: UseTerms<Stores>,
): Promise<AllowedUse> {
  const at = deps.clock.now()
  // A refusal is an outcome here: thrown, it would take its own record back.
  const outcome = await deps.inTransaction(async (stores) => {
    const decided = await decide(stores, { use, terms, at }).catch(refusalOf)
    const isRefused = decided instanceof AppError
    if (!isRefused) await terms.count(stores, use, at)
    const more = isRefused ? { because: decided.code } : terms.describe(decided.dataSource)
    const { caller, requestId, credential: id, dataSource, reason = null } = use
    const action = isRefused ? `${terms.action}_refused` : terms.action
    const details = { dataSource, reason, ...more }
    await stores.audit.record(credentialEntry({ caller, requestId, at, action, id, details }))
    return decided
  })
  if (outcome instanceof AppError) throw outcome
  return outcome
}

interface Decision<Stores> {
  readonly use: SecretUse
  readonly terms: UseTerms<Stores>
  readonly at: Date
}

async function decide<Stores extends UseStores>(
  stores: Stores,
  { use, terms, at }: Decision<Stores>,
): Promise<AllowedUse> {
  const { caller, credential: id, dataSource: dataSourceId, reason = '' } = use
  await assertMayUse(stores, caller, dataSourceId)
  const dataSource = await stores.dataSources.find(caller, dataSourceId)
  if (!dataSource) throw dataSourceErrors.not_found(dataSourceId)
  // Locked: the password is that of the username beside it.
  const credential = await stores.credentials.findForChange(caller.organisation, id)
  if (!credential) throw terms.unknownCredential(use)
  if (!(await stores.links.isLinked(dataSourceId, id))) throw terms.notLinked(use)
  const isReasonMissing = reason.trim() === '' && (await stores.isReasonRequired(caller.organisation))
  if (isReasonMissing) throw credentialErrors.field_required('reason')
  const secret = await stores.credentials.findSecret(caller.organisation, id)
  if (!secret) throw credentialErrors.no_secret(id)
  await assertWithinRate(stores, terms.rate, { caller, at })
  return { dataSource, credential, secret, at }
}

/** What is not an answer to the caller, a database that is away say, is none here either. */
function refusalOf(error: unknown): AppError {
  if (error instanceof AppError && error.kind !== 'unavailable') return error
  throw error
}
