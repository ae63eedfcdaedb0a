import type { Clock } from '../../../kernel/clock.ts'
import type { Principal } from '../../../kernel/principal.ts'
import type { AuditStore } from '../../audit/index.ts'
import { type DataSource, dataSourceErrors } from '../../data-sources/index.ts'
import { credentialErrors, type SealedSecret, type SecretEnvelopes, secretRecord } from '../credential.ts'
import { credentialEntry } from '../credential-audit.ts'
import type { CredentialStore } from '../credential-store.ts'
import { assertMayUse, type DataSourceAccessDeps, type DataSourceReads, type LinkReads } from '../data-source-access.ts'
import { type DatabaseProbe, MESSAGES, type Outcome, type Place, placeOf } from './database-probe.ts'

interface Stores extends DataSourceAccessDeps {
  readonly dataSources: DataSourceReads
  readonly credentials: Pick<CredentialStore, 'findForChange' | 'findSecret'>
  readonly links: LinkReads
  readonly audit: AuditStore
}

export interface TestDataSourceDeps {
  readonly clock: Clock
  readonly envelopes: Pick<SecretEnvelopes, 'open'>
  readonly probe: DatabaseProbe
  monotonicMs(): number
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface TestDataSourceInput {
  readonly caller: Principal
  readonly requestId: string
  readonly dataSource: number
  readonly credential: number
}

export interface TestResult {
  readonly success: boolean
  readonly message: string
  readonly durationMs: number
}

interface Attempt {
  readonly place: Place | Outcome
  readonly username: string
  readonly secret: SealedSecret
}

/**
 * Logs in to a data source with an account that is linked to it, for whoever could get that account's password. What the
 * other side says is told in words of our own: its own might repeat the password.
 */
export async function testDataSource(deps: TestDataSourceDeps, input: TestDataSourceInput): Promise<TestResult> {
  const { place, username, secret } = await deps.inTransaction((stores) => prepare(stores, input, deps.clock.now()))
  const startedAtMs = deps.monotonicMs()
  const outcome = typeof place === 'string' ? place : await attempt(deps, input, { place, username, secret })
  const durationMs = Math.round(deps.monotonicMs() - startedAtMs)
  return { success: outcome === 'connected', message: MESSAGES[outcome], durationMs }
}

async function attempt(
  { envelopes, probe }: TestDataSourceDeps,
  { credential }: TestDataSourceInput,
  { place, username, secret }: Attempt & { readonly place: Place },
): Promise<Outcome> {
  const password = await envelopes.open(secret, secretRecord(credential))
  return await probe(place, { username, password })
}

/** Throws what keeps the caller from it; written down is that a secret was used, whatever comes of it. */
async function prepare(stores: Stores, input: TestDataSourceInput, at: Date): Promise<Attempt> {
  const { caller, requestId, dataSource: id, credential: credentialId } = input
  await assertMayUse(stores, caller, id)
  const dataSource = await stores.dataSources.find(caller, id)
  if (!dataSource) throw dataSourceErrors.not_found(id)
  const credential = await stores.credentials.findForChange(caller.organisation, credentialId)
  if (!credential || !(await stores.links.isLinked(id, credentialId))) throw credentialErrors.not_for(id)
  const secret = await stores.credentials.findSecret(caller.organisation, credentialId)
  if (!secret) throw credentialErrors.no_secret(credentialId)
  const details = { dataSource: id, ...whereTo(dataSource) }
  await stores.audit.record(credentialEntry({ caller, requestId, at, action: 'test', id: credentialId, details }))
  return { place: placeOf(dataSource), username: credential.username, secret }
}

function whereTo({ databaseType, host, port, database }: DataSource) {
  return { databaseType, host, port, database }
}
