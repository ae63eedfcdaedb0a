import type { Page } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Connector, connectorErrors, parseConnectorId } from './connector.ts'
import { assertMayViewConnectors, assertReaches } from './connector-policy.ts'
import type { ConnectorQuery, ConnectorReadModel, ConnectorStore } from './connector-store.ts'

export interface ListConnectorsDeps {
  readonly connectorLists: ConnectorReadModel
}

export interface ListConnectorsInput extends Omit<ConnectorQuery, 'organisation'> {
  readonly caller: Principal
}

/** Connectors of the organisation that the caller acts in. */
export async function listConnectors(
  deps: ListConnectorsDeps,
  { caller, ...query }: ListConnectorsInput,
): Promise<Page<Connector>> {
  assertMayViewConnectors(caller)
  return deps.connectorLists.list({ ...query, organisation: caller.organisation })
}

export interface GetConnectorDeps {
  readonly connectors: Pick<ConnectorStore, 'find'>
}

export async function getConnector(
  deps: GetConnectorDeps,
  { caller, id: text }: { readonly caller: Principal; readonly id: string },
): Promise<Connector> {
  assertMayViewConnectors(caller)
  const id = parseConnectorId(text)
  const connector = id === undefined ? undefined : await deps.connectors.find(id)
  if (!connector) throw connectorErrors.not_found(text)
  assertReaches(caller, connector)
  return connector
}
