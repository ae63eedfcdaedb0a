import type { Clock } from '../../../kernel/clock.ts'
import type { Id, IdSource } from '../../../kernel/ids.ts'
import type { Principal } from '../../../kernel/principal.ts'
import type { Submit } from '../../../kernel/proposal.ts'
import { type AuditStore, actorOf } from '../../audit/index.ts'
import { organisationErrors } from '../../organisations/index.ts'
import { type ClientMetadata, isPublic } from './client-application.ts'
import { clientEntry, metadataOf } from './client-audit.ts'
import { clientErrors } from './client-errors.ts'
import { parseClientMetadata, type SentMetadata } from './client-metadata.ts'
import { assertMayManageClients } from './client-policy.ts'
import type { ClientStore } from './client-store.ts'
import { type ClientSecrets, type ClientWithSecret, newSecret } from './new-secret.ts'
import { createOwnClient, type NewOwnClient, type OwnClientReads, type OwnClientWrites } from './own-client.ts'

interface Stores {
  readonly clients: Pick<ClientStore, 'add'>
  readonly audit: AuditStore
}

export interface CreateClientDeps {
  readonly clock: Clock
  readonly ids: IdSource
  readonly secrets: ClientSecrets
  readonly organisations: { isEnabled(id: number): Promise<boolean | undefined> }
  readonly submit: Submit<OwnClientReads, OwnClientWrites>
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface CreateClientInput {
  readonly caller: Principal
  readonly requestId: string
  readonly metadata: SentMetadata
  /** Whose the client is, where it acts for itself. */
  readonly organisation: number | undefined
}

/** Makes a client application. No organisation lets it in until it is made available there, and permitted. */
export async function createClient(deps: CreateClientDeps, input: CreateClientInput): Promise<ClientWithSecret> {
  const { caller, requestId, organisation } = input
  assertMayManageClients(caller)
  const metadata = parseClientMetadata(input.metadata)
  assertOwner(metadata, organisation)
  const made = isPublic(metadata) ? undefined : newSecret(deps.secrets)
  const client: NewOwnClient = {
    ...metadata,
    clientId: deps.ids.next<Id<'Client'>>(),
    secretHash: made?.secretHash,
    enabled: true,
    createdAt: deps.clock.now(),
    createdBy: caller.userId,
  }
  if (organisation === undefined) return { client: await add(deps, input, client), secret: made?.secret }
  await assertOpen(deps, organisation)
  const submission = { caller: { ...caller, organisation }, requestId, respondAsync: false, input: client }
  const { entityId: userId = '' } = await deps.submit(createOwnClient, submission)
  return { client: { ...client, actsAs: { organisation, userId } }, secret: made?.secret }
}

function assertOwner({ grantTypes }: ClientMetadata, organisation: number | undefined): void {
  const actsForItself = grantTypes.includes('client_credentials')
  if (actsForItself && organisation === undefined) {
    throw clientErrors.bad_metadata(['organisation: a client with client_credentials belongs to one; send its id'])
  }
  if (!actsForItself && organisation !== undefined) {
    throw clientErrors.bad_metadata([
      'organisation: only a client with client_credentials belongs to one; leave it out',
    ])
  }
}

async function assertOpen({ organisations }: CreateClientDeps, id: number): Promise<void> {
  const isEnabled = await organisations.isEnabled(id)
  if (isEnabled === undefined) throw organisationErrors.not_found(id)
  if (!isEnabled) throw organisationErrors.target_disabled(id)
}

async function add(
  { inTransaction }: CreateClientDeps,
  { caller, requestId }: CreateClientInput,
  { createdAt: at, ...facts }: NewOwnClient,
) {
  const client = { ...facts, createdAt: at, actsAs: undefined }
  await inTransaction(async ({ clients, audit }) => {
    await clients.add(client)
    const details = { ...metadataOf(client) }
    await audit.record(clientEntry({ actor: actorOf(caller), requestId, at, action: 'client.create', details }, client))
  })
  return client
}
