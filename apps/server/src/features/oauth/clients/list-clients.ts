import type { Page } from '../../../kernel/page.ts'
import type { Principal } from '../../../kernel/principal.ts'
import type { ClientApplication } from './client-application.ts'
import { clientErrors } from './client-errors.ts'
import { assertMayViewClients } from './client-policy.ts'
import type { ClientStore } from './client-store.ts'

export interface ReadClientsDeps {
  readonly clients: Pick<ClientStore, 'find' | 'list'>
}

export interface ListClientsInput {
  readonly caller: Principal
  /** 1-based. */
  readonly page: number
  readonly pageSize: number
}

export async function listClients(
  { clients }: ReadClientsDeps,
  { caller, page, pageSize }: ListClientsInput,
): Promise<Page<ClientApplication>> {
  assertMayViewClients(caller)
  return clients.list({ offset: (page - 1) * pageSize, limit: pageSize })
}

export async function getClient(
  { clients }: ReadClientsDeps,
  { caller, clientId }: { readonly caller: Principal; readonly clientId: string },
): Promise<ClientApplication> {
  assertMayViewClients(caller)
  const client = await clients.find(clientId)
  if (!client) throw clientErrors.not_found(clientId)
  return client
}
