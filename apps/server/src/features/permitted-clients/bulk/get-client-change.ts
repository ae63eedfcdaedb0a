import type { Principal } from '../../../kernel/principal.ts'
import { type BulkJob, bulkJobErrors, type GetBulkJobDeps, getBulkJob } from '../../bulk-jobs/index.ts'
import { assertMayOfferClients } from '../company-policy.ts'
import { clientChanges } from './change-client-everywhere.ts'

export interface GetClientChangeInput {
  readonly caller: Principal
  /** As it stands in the path. */
  readonly id: string
}

/** How far a change of a client at all companies is; bulk jobs of other kinds are not found here. */
export async function getClientChange(deps: GetBulkJobDeps, { caller, id }: GetClientChangeInput): Promise<BulkJob> {
  assertMayOfferClients(caller)
  const job = await getBulkJob(deps, { caller, id })
  if (job.kind !== clientChanges.name) throw bulkJobErrors.not_found(id)
  return job
}
