import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { AuditStore } from '../audit/index.ts'
import { requireFreshSignIn } from '../sign-in/index.ts'
import { type ConnectorAct, connectorErrors, parseConnectorId, parseRequestedState, transition } from './connector.ts'
import { adminEntry } from './connector-audit.ts'
import { assertMayChange, assertMayModifyConnectors } from './connector-policy.ts'
import type { ConnectorStore } from './connector-store.ts'

interface Stores {
  readonly connectors: Pick<ConnectorStore, 'find' | 'changeState' | 'remove'>
  readonly audit: AuditStore
}

export interface ChangeConnectorDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface ChangeConnectorInput {
  readonly caller: Principal
  readonly requestId: string
  /** As it stands in the path. */
  readonly id: string
}

/**
 * Enables, locks or orders to wipe a connector. Of admins who act on it at once one wins, and the others get
 * `connector.changed_meanwhile` or what the new state gives.
 */
export async function changeConnector(
  deps: ChangeConnectorDeps,
  { state, ...input }: ChangeConnectorInput & { readonly state: string },
): Promise<void> {
  assertMayModifyConnectors(input.caller)
  await act(deps, { ...input, act: parseRequestedState(state) })
}

/** Deletes a connector that is no longer, or not yet, in use: its client has to register or log in anew. */
export async function deleteConnector(deps: ChangeConnectorDeps, input: ChangeConnectorInput): Promise<void> {
  assertMayModifyConnectors(input.caller)
  await act(deps, { ...input, act: 'delete' })
}

async function act(
  deps: ChangeConnectorDeps,
  input: ChangeConnectorInput & { readonly act: ConnectorAct },
): Promise<void> {
  const { caller, act, requestId } = input
  const id = parseConnectorId(input.id)
  const at = deps.clock.now()
  await deps.inTransaction(async ({ connectors, audit }) => {
    const connector = id === undefined ? undefined : await connectors.find(id)
    if (!connector) throw connectorErrors.not_found(input.id)
    assertMayChange(caller, connector)
    const next = transition(connector.state, act)
    // Asked for last: nobody types a password for what is refused anyway.
    if (act === 'Wipe') requireFreshSignIn(caller, at)
    if (next === connector.state) return
    const changed =
      act === 'delete'
        ? await connectors.remove([connector.id], connector.state)
        : await connectors.changeState([connector.id], connector.state, { to: act, at, by: caller.userId })
    if (changed.length === 0) throw connectorErrors.changed_meanwhile()
    await audit.record(adminEntry({ caller, requestId, act, at }, connector))
  })
}
