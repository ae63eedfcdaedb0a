import type { ConnectorState } from '../connector.ts'
import { clientErrors } from './client-errors.ts'
import type { ClientConnector } from './client-store.ts'
import { type FindConnectorDeps, getConnector } from './connector-secret.ts'
import { orderOf, type Standing } from './standing.ts'
import type { StatusWatch } from './status-watch.ts'
import type { UseRecorder } from './use-recorder.ts'

export interface AwaitStatusDeps extends FindConnectorDeps {
  readonly uses: Pick<UseRecorder, 'note'>
  readonly watch: Pick<StatusWatch, 'next'>
}

export interface AwaitStatusInput {
  readonly secret: string | undefined
  readonly waitMs: number
  /** The state that the client knows of, if it says: news is only what differs. */
  readonly knownState: ConnectorState | undefined
  readonly signal: AbortSignal
}

/** How a connector stands, at once where that is news to the client, or when it changes, or when the time is up. */
export async function awaitStatus(
  deps: AwaitStatusDeps,
  { secret, waitMs, knownState, signal }: AwaitStatusInput,
): Promise<{ readonly id: number; readonly standing: Standing }> {
  const connector = await getConnector(deps, secret)
  if (connector.owner) deps.uses.note(connector)
  const { id, state, isOpen } = connector
  const now = { state, isOpen }
  if (waitMs === 0 || isNews(connector, knownState)) return { id, standing: now }
  const standing = await deps.watch.next({ connector: id, standing: now, forMs: waitMs, signal })
  if (!standing) throw clientErrors.not_known()
  return { id, standing }
}

function isNews(connector: ClientConnector, knownState: ConnectorState | undefined): boolean {
  return knownState === undefined ? orderOf(connector) !== 'none' : connector.state !== knownState
}
