import { AppError } from '../../kernel/errors.ts'
import type { AuditStore } from '../audit/index.ts'
import type { BulkChunk, BulkJob, BulkKind, ItemResult, ItemSlice, Treated } from '../bulk-jobs/index.ts'
import { requireFreshSignIn } from '../sign-in/index.ts'
import { type Connector, type ConnectorAct, type ConnectorState, connectorErrors, transition } from './connector.ts'
import { adminEntry } from './connector-audit.ts'
import { assertMayChange, assertMayModifyConnectors } from './connector-policy.ts'
import type { ConnectorFilter, ConnectorStore } from './connector-store.ts'

interface Stores {
  readonly connectors: Pick<ConnectorStore, 'findIds' | 'findForChange' | 'changeState' | 'remove'>
  readonly audit: AuditStore
}

/** A filter as JSON keeps it. */
interface StoredFilter extends Omit<ConnectorFilter, 'lastUsedBefore' | 'lastUsedAfter'> {
  readonly lastUsedBefore?: string | undefined
  readonly lastUsedAfter?: string | undefined
}

/** What is to be done, and to which connectors: these, in the order of their ids, or those up to an id that match. */
export type ConnectorChanges = { readonly act: ConnectorAct } & (
  | { readonly ids: readonly number[] }
  | { readonly filter: StoredFilter; readonly upTo: number }
)

/**
 * Does to many connectors what can be done to each of them, as if it were the only one. They are locked in the order of
 * their ids, and change, a chunk at a time.
 */
export const connectorChanges: BulkKind<Stores, ConnectorChanges> = {
  name: 'connectors',
  chunk: 200,
  viewFlags: ['allow_view_users', 'allow_modify_users'],
  assertMayOrder(caller, { act }, at) {
    assertMayModifyConnectors(caller)
    if (act === 'Wipe') requireFreshSignIn(caller, at)
  },
  assertMayGoOn: assertMayModifyConnectors,
  describe: ({ act, ...selection }) => ({ act, ...selection }),
  listItems,
  treat,
}

async function listItems(
  { connectors }: Stores,
  { input, organisation }: BulkJob<ConnectorChanges>,
  { after, limit }: ItemSlice,
): Promise<readonly number[]> {
  if ('ids' in input) return input.ids.filter((id) => id > after).slice(0, limit)
  // Filters select in one organisation, and so such a job has one.
  if (organisation === null) return []
  return connectors.findIds(organisation, reviveFilter(input.filter), { after, upTo: input.upTo, limit })
}

async function treat({ connectors, audit }: Stores, chunk: BulkChunk<ConnectorChanges>): Promise<Treated> {
  const { job, items, at } = chunk
  const { act } = job.input
  const found = await connectors.findForChange(items)
  const considered = new Map(found.map((connector) => [connector.id, consider(connector, job)]))
  const toChange = found.filter(({ id }) => isChange(considered.get(id)))
  if (!job.dryRun) {
    for (const [from, ids] of idsByState(toChange)) {
      if (act === 'delete') await connectors.remove(ids, from)
      else await connectors.changeState(ids, from, { to: act, at, by: job.caller.userId })
    }
    const entry = { caller: job.caller, requestId: job.requestId, taskId: job.id, act, at }
    await audit.recordAll(toChange.map((connector) => adminEntry(entry, connector)))
  }
  const results = items.map((id) => considered.get(id) ?? failed(id, connectorErrors.not_found(id)))
  return { changed: toChange.length, results }
}

function consider(connector: Connector, { caller, input }: BulkJob<ConnectorChanges>): ItemResult {
  const { id, state } = connector
  try {
    assertMayChange(caller, connector)
    const next = transition(state, input.act)
    if (next === 'deleted') return { id, outcome: 'deleted' }
    return { id, outcome: next === state ? 'unchanged' : 'changed' }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return failed(id, error)
  }
}

function isChange(result: ItemResult | undefined): boolean {
  return result?.outcome === 'changed' || result?.outcome === 'deleted'
}

function failed(id: number, { code, message }: AppError): ItemResult {
  return { id, outcome: 'failed', error: { code, message } }
}

function idsByState(connectors: readonly Connector[]): ReadonlyMap<ConnectorState, readonly number[]> {
  const byState = Map.groupBy(connectors, ({ state }) => state)
  return new Map([...byState].map(([state, group]) => [state, group.map(({ id }) => id)]))
}

export function storeFilter({ lastUsedBefore, lastUsedAfter, ...filter }: ConnectorFilter): StoredFilter {
  return { ...filter, lastUsedBefore: lastUsedBefore?.toISOString(), lastUsedAfter: lastUsedAfter?.toISOString() }
}

function reviveFilter({ lastUsedBefore, lastUsedAfter, ...filter }: StoredFilter): ConnectorFilter {
  return {
    ...filter,
    lastUsedBefore: lastUsedBefore === undefined ? undefined : new Date(lastUsedBefore),
    lastUsedAfter: lastUsedAfter === undefined ? undefined : new Date(lastUsedAfter),
  }
}
