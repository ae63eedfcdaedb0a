import type { Clock } from '../../../kernel/clock.ts'
import type { Principal } from '../../../kernel/principal.ts'
import type { Submit } from '../../../kernel/proposal.ts'
import { type AuditStore, actorOf } from '../../audit/index.ts'
import type { ClientApplication } from './client-application.ts'
import { clientEntry } from './client-audit.ts'
import { clientErrors } from './client-errors.ts'
import { assertMayManageClients } from './client-policy.ts'
import type { ClientStore } from './client-store.ts'
import { deleteOwnClient, type OwnClientReads, type OwnClientWrites } from './own-client.ts'

interface Stores {
  readonly clients: Pick<ClientStore, 'findForChange' | 'remove'>
  readonly audit: AuditStore
}

export interface DeleteClientDeps {
  readonly clock: Clock
  readonly clients: Pick<ClientStore, 'find'>
  readonly submit: Submit<OwnClientReads, OwnClientWrites>
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface DeleteClientInput {
  readonly caller: Principal
  readonly requestId: string
  readonly clientId: string
}

/** Deletes a client, with its tokens and all that organisations decided about it. A user that it acts as is disabled. */
export async function deleteClient(deps: DeleteClientDeps, input: DeleteClientInput): Promise<void> {
  const { caller, requestId, clientId } = input
  assertMayManageClients(caller)
  const client = await deps.clients.find(clientId)
  if (!client) throw clientErrors.not_found(clientId)
  const { actsAs, name } = client
  // What it acts as is settled when it is made, so it is still so when the transaction begins.
  if (!actsAs) return removeOne(deps, input)
  const submitter = { ...caller, organisation: actsAs.organisation }
  const named = { clientId, name, userId: actsAs.userId }
  await deps.submit(deleteOwnClient, { caller: submitter, requestId, respondAsync: false, input: named })
}

async function removeOne(deps: DeleteClientDeps, { caller, requestId, clientId }: DeleteClientInput): Promise<void> {
  const at = deps.clock.now()
  await deps.inTransaction(async ({ clients, audit }) => {
    const client: ClientApplication | undefined = await clients.findForChange(clientId)
    if (!client) throw clientErrors.not_found(clientId)
    await clients.remove(clientId)
    const details = { name: client.name }
    await audit.record(clientEntry({ actor: actorOf(caller), requestId, at, action: 'client.delete', details }, client))
  })
}
