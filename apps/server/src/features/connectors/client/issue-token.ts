import { CONNECTOR_TOKEN_PREFIX } from '../../sign-in/index.ts'
import type { ClientDeps } from './client-deps.ts'
import { assertUsable, type FindConnectorDeps, getConnector } from './connector-secret.ts'
import type { UseRecorder } from './use-recorder.ts'

export interface IssueTokenDeps extends Pick<ClientDeps, 'clock' | 'secrets' | 'clients'>, FindConnectorDeps {
  readonly uses: Pick<UseRecorder, 'note'>
}

export interface ConnectorToken {
  readonly token: string
  readonly validForS: number
}

const VALID_FOR_S = 10 * 60

/** A short-lived access token with the rights of the connector's user, good only while the connector is Enabled. */
export async function issueToken(deps: IssueTokenDeps, secret: string | undefined): Promise<ConnectorToken> {
  const connector = await getConnector(deps, secret)
  assertUsable(connector)
  const token = deps.secrets.next(CONNECTOR_TOKEN_PREFIX)
  const createdAt = deps.clock.now()
  const expiresAt = new Date(createdAt.getTime() + VALID_FOR_S * 1000)
  await deps.clients.addToken({ hash: deps.secrets.digest(token), connector: connector.id, createdAt, expiresAt })
  deps.uses.note(connector)
  return { token, validForS: VALID_FOR_S }
}
