import type { Principal } from '../../../kernel/principal.ts'
import { type BulkJob, type OrderBulkJobDeps, orderBulkJob } from '../../bulk-jobs/index.ts'
import { companyClientErrors } from '../company-client.ts'
import { assertMayOfferClients } from '../company-policy.ts'
import { type ClientChange, clientChanges } from './change-client-everywhere.ts'
import type { ClientChangeStore } from './client-change-store.ts'

export interface OrderClientChangeDeps {
  readonly clientChanges: Pick<ClientChangeStore, 'holdClient' | 'countCompanies'>
  readonly bulk: OrderBulkJobDeps
}

export interface OrderClientChangeInput {
  readonly caller: Principal
  readonly requestId: string
  readonly change: ClientChange
  readonly dryRun: boolean
}

/** Orders that a client be added, permitted or removed at all companies. */
export async function orderClientChange(
  deps: OrderClientChangeDeps,
  { change, ...order }: OrderClientChangeInput,
): Promise<BulkJob> {
  assertMayOfferClients(order.caller)
  if (!(await deps.clientChanges.holdClient(change.clientId)))
    throw companyClientErrors.client_not_found(change.clientId)
  const total = await deps.clientChanges.countCompanies()
  return orderBulkJob(deps.bulk, clientChanges, { ...order, input: change, organisation: null, total })
}
