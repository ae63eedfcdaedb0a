import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { AuditStore } from '../audit/index.ts'
import { requireFreshSignIn } from '../sign-in/index.ts'
import { type Connector, type ConnectorAct, type ConnectorState, connectorErrors, transition } from './connector.ts'
import { adminEntry } from './connector-audit.ts'
import { assertMayChange, assertMayModifyConnectors } from './connector-policy.ts'
import type { ConnectorFilter, ConnectorStore } from './connector-store.ts'

interface Stores {
  readonly connectors: Pick<ConnectorStore, 'findForChange' | 'changeState' | 'remove'>
  readonly audit: AuditStore
}

export interface ChangeConnectorsDeps {
  readonly clock: Clock
  readonly connectors: Pick<ConnectorStore, 'findIds'>
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

/** These, or the first thousand after `after` that match. */
export type Selection =
  | { readonly ids: readonly number[] }
  | { readonly filter: ConnectorFilter; readonly after: number }

export interface ChangeConnectorsInput {
  readonly caller: Principal
  readonly requestId: string
  readonly selection: Selection
  readonly act: ConnectorAct
}

/** What became of one connector: as if it had been the only one. */
export interface ItemResult {
  readonly id: number
  readonly outcome: 'changed' | 'unchanged' | 'deleted' | 'refused'
  readonly error?: AppError
}

export interface ChangedConnectors {
  readonly results: readonly ItemResult[]
  /** Where to go on; undefined when nothing that matches is left. */
  readonly nextAfter: number | undefined
}

export const MOST_AT_ONCE = 1000
/** So many are locked, and change, in one transaction. */
const CHUNK = 200

/**
 * Does to many connectors what can be done to each of them, and says of each what became of it. The organisation of a
 * filter is the one the caller acts in. What a transaction has done stays done if a later one fails.
 */
export async function changeConnectors(
  deps: ChangeConnectorsDeps,
  input: ChangeConnectorsInput,
): Promise<ChangedConnectors> {
  const { caller, selection, act } = input
  assertMayModifyConnectors(caller)
  const at = deps.clock.now()
  if (act === 'Wipe') requireFreshSignIn(caller, at)
  const ids = await idsOf(deps, caller, selection)
  const results: ItemResult[] = []
  for (let start = 0; start < ids.length; start += CHUNK) {
    const chunk = ids.slice(start, start + CHUNK)
    results.push(...(await deps.inTransaction((stores) => changeChunk(stores, { ...input, at }, chunk))))
  }
  return { results, nextAfter: 'filter' in selection && ids.length === MOST_AT_ONCE ? ids.at(-1) : undefined }
}

async function idsOf(
  { connectors }: Pick<ChangeConnectorsDeps, 'connectors'>,
  { organisation }: Principal,
  selection: Selection,
): Promise<readonly number[]> {
  if ('ids' in selection) return [...new Set(selection.ids)]
  return connectors.findIds(organisation, selection.filter, { after: selection.after, limit: MOST_AT_ONCE })
}

type TimedInput = ChangeConnectorsInput & { readonly at: Date }

async function changeChunk(
  { connectors, audit }: Stores,
  input: TimedInput,
  ids: readonly number[],
): Promise<readonly ItemResult[]> {
  const found = await connectors.findForChange(ids)
  const considered = new Map(found.map((connector) => [connector.id, consider(connector, input)]))
  const toChange = found.filter(({ id }) => {
    const outcome = considered.get(id)?.outcome
    return outcome === 'changed' || outcome === 'deleted'
  })
  for (const [from, connectorIds] of idsByState(toChange)) {
    if (input.act === 'delete') await connectors.remove(connectorIds, from)
    else await connectors.changeState(connectorIds, from, { to: input.act, at: input.at, by: input.caller.userId })
  }
  await audit.recordAll(toChange.map((connector) => adminEntry(input, connector)))
  return ids.map((id) => considered.get(id) ?? { id, outcome: 'refused', error: connectorErrors.not_found(id) })
}

function consider(connector: Connector, { caller, act }: TimedInput): ItemResult {
  const { id, state } = connector
  try {
    assertMayChange(caller, connector)
    const next = transition(state, act)
    if (next === 'deleted') return { id, outcome: 'deleted' }
    return { id, outcome: next === state ? 'unchanged' : 'changed' }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { id, outcome: 'refused', error }
  }
}

function idsByState(connectors: readonly Connector[]): ReadonlyMap<ConnectorState, readonly number[]> {
  const ids = new Map<ConnectorState, number[]>()
  for (const { id, state } of connectors) ids.set(state, [...(ids.get(state) ?? []), id])
  return ids
}
