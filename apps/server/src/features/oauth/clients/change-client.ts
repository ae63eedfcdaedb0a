import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '../../../kernel/clock.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../../audit/index.ts'
import { type ClientApplication, type ClientMetadata, isPublic } from './client-application.ts'
import { clientEntry, metadataOf } from './client-audit.ts'
import { clientErrors } from './client-errors.ts'
import { parseClientMetadata, type SentMetadata } from './client-metadata.ts'
import { assertMayManageClients } from './client-policy.ts'
import type { ClientStore } from './client-store.ts'
import { type ClientSecrets, type ClientWithSecret, newSecret } from './new-secret.ts'

interface Stores {
  readonly clients: Pick<ClientStore, 'findForChange' | 'save'>
  readonly audit: AuditStore
}

export interface ChangeClientDeps {
  readonly clock: Clock
  readonly secrets: ClientSecrets
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

interface ClientNamed {
  readonly caller: Principal
  readonly requestId: string
  readonly clientId: string
}

export interface ChangeClientInput extends ClientNamed {
  readonly metadata: SentMetadata
  readonly organisation: number | undefined
}

/** Replaces a client's metadata. One that becomes confidential is given a secret; one that becomes public loses its own. */
export async function changeClient(deps: ChangeClientDeps, input: ChangeClientInput): Promise<ClientWithSecret> {
  const { caller, requestId, clientId } = input
  assertMayManageClients(caller)
  const metadata = parseClientMetadata(input.metadata)
  const at = deps.clock.now()
  return deps.inTransaction(async ({ clients, audit }) => {
    const before = await getForChange(clients, clientId)
    assertSettled(before, metadata, input.organisation)
    const { secret, secretHash } = secretAfter(deps.secrets, before, metadata)
    const client = { ...before, ...metadata, secretHash }
    const details = { before: metadataOf(before), after: metadataOf(client) }
    if (isDeepStrictEqual(details.before, details.after)) return { client: before, secret: undefined }
    await clients.save(client)
    await audit.record(clientEntry({ actor: actorOf(caller), requestId, at, action: 'client.change', details }, client))
    return { client, secret }
  })
}

/** Gives a client a new secret; the old one is worth nothing from now on. Tokens that it got stay as they are. */
export async function rotateSecret(deps: ChangeClientDeps, input: ClientNamed): Promise<Required<ClientWithSecret>> {
  const { caller, requestId, clientId } = input
  assertMayManageClients(caller)
  const at = deps.clock.now()
  const { secret, secretHash } = newSecret(deps.secrets)
  return deps.inTransaction(async ({ clients, audit }) => {
    const before = await getForChange(clients, clientId)
    if (isPublic(before)) throw clientErrors.keeps_no_secret(clientId)
    const client = { ...before, secretHash }
    await clients.save(client)
    await audit.record(clientEntry({ actor: actorOf(caller), requestId, at, action: 'client.rotate_secret' }, client))
    return { client, secret }
  })
}

export interface SwitchClientInput extends ClientNamed {
  readonly enabled: boolean
}

/** Disables a client for everyone, at once, or takes that back; what organisations decided about it stays. */
export async function switchClient(deps: ChangeClientDeps, input: SwitchClientInput): Promise<ClientApplication> {
  const { caller, requestId, clientId, enabled } = input
  assertMayManageClients(caller)
  const at = deps.clock.now()
  return deps.inTransaction(async ({ clients, audit }) => {
    const before = await getForChange(clients, clientId)
    if (before.enabled === enabled) return before
    const client = { ...before, enabled }
    const details = { before: { enabled: before.enabled }, after: { enabled } }
    await clients.save(client)
    await audit.record(clientEntry({ actor: actorOf(caller), requestId, at, action: 'client.change', details }, client))
    return client
  })
}

async function getForChange({ findForChange }: Stores['clients'], clientId: string): Promise<ClientApplication> {
  const client = await findForChange(clientId)
  if (!client) throw clientErrors.not_found(clientId)
  return client
}

/** Its user is made with it, and so cannot come later, nor change. */
function assertSettled(
  { actsAs }: ClientApplication,
  { grantTypes }: ClientMetadata,
  organisation: number | undefined,
): void {
  const isSame = organisation === undefined || organisation === actsAs?.organisation
  if (!isSame || grantTypes.includes('client_credentials') !== (actsAs !== undefined)) throw clientErrors.fixed()
}

function secretAfter(secrets: ClientSecrets, { secretHash }: ClientApplication, after: ClientMetadata) {
  if (isPublic(after)) return { secret: undefined, secretHash: undefined }
  return secretHash ? { secret: undefined, secretHash } : newSecret(secrets)
}
