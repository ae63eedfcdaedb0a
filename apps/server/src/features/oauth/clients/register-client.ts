import type { Clock } from '../../../kernel/clock.ts'
import type { AuditActor, AuditStore } from '../../audit/index.ts'
import type { RegistrationTokenStore } from '../registration/registration-token-store.ts'
import { clientEntry, metadataOf } from './client-audit.ts'
import { clientErrors } from './client-errors.ts'
import { parseClientMetadata, type SentMetadata } from './client-metadata.ts'
import type { ClientStore } from './client-store.ts'

interface Stores {
  readonly clients: Pick<ClientStore, 'add'>
  readonly registrationTokens: Pick<RegistrationTokenStore, 'use'>
  readonly audit: AuditStore
}

export interface RegisterClientDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface ClientRegistration extends SentMetadata {
  readonly clientId: string
  readonly secretHash: Uint8Array | undefined
}

/** Whoever was given an initial access token: nobody we know by name. */
const REGISTRANT: AuditActor = { id: null, name: 'initial access token', via: 'token' }

/**
 * A client that registers itself (RFC 7591), with an id and a secret that it has been given already. False, and nothing done, when
 * its initial access token is good no more.
 */
export async function registerClient(
  deps: RegisterClientDeps,
  { clientId, secretHash, ...sent }: ClientRegistration,
  { tokenHash, requestId }: { readonly tokenHash: Uint8Array; readonly requestId: string },
): Promise<boolean> {
  const metadata = parseClientMetadata(sent)
  if (metadata.grantTypes.includes('client_credentials')) {
    throw clientErrors.bad_metadata(['grant_types: a client with client_credentials is made by a superadmin'])
  }
  const at = deps.clock.now()
  const facts = { ...metadata, clientId, secretHash, actsAs: undefined, createdBy: undefined }
  return await deps.inTransaction(async ({ clients, registrationTokens, audit }) => {
    const registrationToken = await registrationTokens.use(tokenHash, at)
    if (registrationToken === undefined) return false
    await clients.add({ ...facts, enabled: true, createdAt: at })
    const details = { ...metadataOf(metadata), registrationToken }
    await audit.record(clientEntry({ actor: REGISTRANT, requestId, at, action: 'client.create', details }, facts))
    return true
  })
}
