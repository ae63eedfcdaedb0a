import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { AuditStore } from '../audit/index.ts'
import { auditedFields, parseEntryName, sentFields } from '../data-sources/index.ts'
import {
  assertComplete,
  type Credential,
  type CredentialFields,
  EMPTY_CREDENTIAL,
  type SecretEnvelopes,
  secretRecord,
} from './credential.ts'
import { credentialEntry } from './credential-audit.ts'
import { assertMayCreateCredentials } from './credential-policy.ts'
import type { CredentialStore, NewSecret } from './credential-store.ts'

interface Stores {
  readonly credentials: Pick<CredentialStore, 'add'>
  readonly audit: AuditStore
}

export interface CreateCredentialDeps {
  readonly clock: Clock
  readonly envelopes: Pick<SecretEnvelopes, 'seal'>
  readonly credentials: Pick<CredentialStore, 'nextId' | 'isStewardOfAny'>
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

/** Fields as they were sent. */
export type SentFields = { readonly [Name in keyof CredentialFields]?: CredentialFields[Name] | undefined }

export interface CreateCredentialInput {
  readonly caller: Principal
  readonly requestId: string
  readonly fields: SentFields & { readonly name: string }
  readonly password: string | undefined
}

/** Stores an account for data sources. Its secret is sealed for its id before anything reaches the database. */
export async function createCredential(deps: CreateCredentialDeps, input: CreateCredentialInput): Promise<Credential> {
  const { caller, requestId, password } = input
  assertMayCreateCredentials(caller, await deps.credentials.isStewardOfAny(caller))
  const fields = { ...EMPTY_CREDENTIAL, ...sentFields(input.fields), name: parseEntryName(input.fields.name) }
  assertComplete(fields, password !== undefined)
  const id = await deps.credentials.nextId()
  const at = deps.clock.now()
  const secret = password === undefined ? undefined : await sealSecret(deps, { id, password, caller, at })
  await deps.inTransaction(async ({ credentials, audit }) => {
    await credentials.add({ id, ...fields }, { at, by: caller, secret })
    const details = { ...auditedFields(fields), passwordSet: secret !== undefined }
    await audit.record(credentialEntry({ caller, requestId, at, action: 'create', id, details }))
  })
  return { id, ...fields, createdAt: at, modifiedAt: at, secretSet: secret && { at, by: secret.by } }
}

/** The secret that the caller sets, sealed. */
export async function sealSecret(
  { envelopes }: Pick<CreateCredentialDeps, 'envelopes'>,
  { id, password, caller, at }: { id: number; password: string; caller: Principal; at: Date },
): Promise<NewSecret> {
  const secret = await envelopes.seal(password, secretRecord(id))
  return { secret, at, by: { id: caller.userId, name: caller.username } }
}
