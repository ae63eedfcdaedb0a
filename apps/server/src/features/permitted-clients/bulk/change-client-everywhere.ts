import { type AuditStore, actorOf } from '../../audit/index.ts'
import type { BulkChunk, BulkKind, Treated } from '../../bulk-jobs/index.ts'
import { companyClientErrors } from '../company-client.ts'
import { assertMayOfferClients } from '../company-policy.ts'
import type { ClientAct, ClientChangeStore } from './client-change-store.ts'

interface Stores {
  readonly clientChanges: Pick<
    ClientChangeStore,
    'holdClient' | 'listCompanies' | 'change' | 'removeRequests' | 'countChanges'
  >
  readonly audit: AuditStore
}

export interface ClientChange {
  readonly act: ClientAct
  readonly clientId: string
}

/**
 * Makes a client available to all companies, permits it for all, or takes it from all, disabled ones included: also when they
 * are enabled again it is to be so. Companies that are made meanwhile have their turn too.
 */
export const clientChanges: BulkKind<Stores, ClientChange> = {
  name: 'permitted_clients',
  // Large enough that the statements of a chunk cost little beside its rows, small enough that whoever makes an organisation
  // does not notice the wait.
  chunk: 5000,
  viewFlags: ['allow_modify_clients'],
  assertMayOrder: assertMayOfferClients,
  assertMayGoOn: assertMayOfferClients,
  describe: ({ act, clientId }) => ({ act, clientId }),
  listItems: ({ clientChanges: store }, _job, slice) => store.listCompanies(slice),
  treat,
}

async function treat({ clientChanges: store, audit }: Stores, chunk: BulkChunk<ClientChange>): Promise<Treated> {
  const { job, items, at } = chunk
  const { act, clientId } = job.input
  if (!(await store.holdClient(clientId))) throw companyClientErrors.client_not_found(clientId)
  if (job.dryRun) return { changed: await store.countChanges(act, clientId, items), results: [] }
  const changed = await store.change(act, clientId, items)
  if (act === 'permit') await store.removeRequests(clientId, changed)
  await audit.recordForEach(changed, {
    at,
    actor: actorOf(job.caller),
    action: `permitted_client.${act}`,
    object: { type: 'client', id: clientId },
    taskId: job.id,
    ...(job.requestId !== undefined && { requestId: job.requestId }),
  })
  return { changed: changed.length, results: [] }
}
