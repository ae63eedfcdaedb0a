import type { DataSource } from '../../data-sources/index.ts'
import { credentialErrors, type SecretEnvelopes, secretRecord } from '../credential.ts'
import {
  type AllowedUse,
  type SecretUse,
  type UseSecretDeps,
  type UseStores,
  type UseTerms,
  useSecret,
} from '../secret-use/use-secret.ts'
import type { ConnectionTestStore } from './connection-test-store.ts'
import { type DatabaseProbe, MESSAGES, type Outcome, type Place, placeOf } from './database-probe.ts'

interface Stores extends UseStores {
  readonly connectionTests: ConnectionTestStore
}

export interface TestDataSourceDeps extends UseSecretDeps<Stores> {
  readonly envelopes: Pick<SecretEnvelopes, 'open'>
  readonly probe: DatabaseProbe
  monotonicMs(): number
}

export interface TestResult {
  readonly success: boolean
  readonly message: string
  readonly durationMs: number
}

const TEST: UseTerms<Stores> = {
  action: 'test',
  rate: {
    // More than of checkouts: nobody sees the secret. Whoever tries passwords at a database this way does not get far.
    mostAnHour: 120,
    countSince: ({ connectionTests }, userId, since) => connectionTests.countSince(userId, since),
    tooMany: credentialErrors.too_many_tests,
  },
  unknownCredential: ({ dataSource }) => credentialErrors.not_for(dataSource),
  notLinked: ({ dataSource }) => credentialErrors.not_for(dataSource),
  describe: ({ databaseType, host, port, database }: DataSource) => ({ databaseType, host, port, database }),
  count: ({ connectionTests }, { caller }, at) => connectionTests.add(caller.userId, at),
}

/**
 * Logs in to a data source with an account that is linked to it, for whoever could get that account's password. What the
 * other side says is told in words of our own: its own might repeat the password.
 */
export async function testDataSource(deps: TestDataSourceDeps, use: SecretUse): Promise<TestResult> {
  const allowed = await useSecret(deps, use, TEST)
  const place = placeOf(allowed.dataSource)
  const startedAtMs = deps.monotonicMs()
  const outcome = typeof place === 'string' ? place : await attempt(deps, place, allowed)
  const durationMs = Math.round(deps.monotonicMs() - startedAtMs)
  return { success: outcome === 'connected', message: MESSAGES[outcome], durationMs }
}

async function attempt(
  { envelopes, probe }: TestDataSourceDeps,
  place: Place,
  { credential, secret }: AllowedUse,
): Promise<Outcome> {
  const password = await envelopes.open(secret, secretRecord(credential.id))
  return await probe(place, { username: credential.username, password })
}
