import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type BulkJob, type OrderBulkJobDeps, orderBulkJob } from '../bulk-jobs/index.ts'
import { type ConnectorChanges, connectorChanges, storeFilter } from './change-connectors.ts'
import type { ConnectorAct } from './connector.ts'
import type { ConnectorFilter, ConnectorStore } from './connector-store.ts'

export interface OrderConnectorChangesDeps {
  readonly clock: Clock
  readonly connectors: Pick<ConnectorStore, 'measure'>
  readonly bulk: OrderBulkJobDeps
}

/** These, or all that match in the organisation the caller acts in. */
export type Selection = { readonly ids: readonly number[] } | { readonly filter: ConnectorFilter }

export interface OrderConnectorChangesInput {
  readonly caller: Principal
  readonly requestId: string
  readonly selection: Selection
  readonly act: ConnectorAct
  readonly dryRun: boolean
}

export const MOST_IDS = 1000

/**
 * Orders that something be done to many connectors, to each as if it were the only one. Of a filter those count that match when
 * their turn comes, among the connectors that there are now.
 */
export async function orderConnectorChanges(
  deps: OrderConnectorChangesDeps,
  { caller, requestId, selection, act, dryRun }: OrderConnectorChangesInput,
): Promise<BulkJob> {
  const order = (input: ConnectorChanges, total: number) =>
    orderBulkJob(deps.bulk, connectorChanges, {
      caller,
      requestId,
      input,
      organisation: caller.organisation,
      dryRun,
      total,
    })
  if ('ids' in selection) {
    const ids = [...new Set(selection.ids)].sort((a, b) => a - b)
    return order({ act, ids }, ids.length)
  }
  const { filter } = selection
  const input = { act, filter: storeFilter(filter) }
  connectorChanges.assertMayOrder(caller, { ...input, upTo: 0 }, deps.clock.now())
  const { total, lastId } = await deps.connectors.measure(caller.organisation, filter)
  return order({ ...input, upTo: lastId }, total)
}
