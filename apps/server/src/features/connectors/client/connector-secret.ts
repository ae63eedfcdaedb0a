import type { ClientDeps } from './client-deps.ts'
import { clientErrors, refusalOf } from './client-errors.ts'
import type { ClientConnector } from './client-store.ts'

export type FindConnectorDeps = Pick<ClientDeps, 'secrets'> & {
  findConnector(secretHash: Uint8Array): Promise<ClientConnector | undefined>
}

/** The connector of a secret, in whatever state it is; throws `connector.not_known`. */
export async function getConnector(deps: FindConnectorDeps, secret: string | undefined): Promise<ClientConnector> {
  const connector = secret && (await deps.findConnector(deps.secrets.digest(secret)))
  if (!connector) throw clientErrors.not_known()
  return connector
}

/** The secret of `Authorization: Bearer`, if there is one. */
export function readSecret({ authorization }: Readonly<Record<string, string | undefined>>): string | undefined {
  return /^bearer +(\S+)$/i.exec(authorization?.trim() ?? '')?.[1]
}

/** Throws why the connector may do nothing but ask for its status. */
export function assertUsable(connector: ClientConnector): void {
  const refusal = refusalOf(connector)
  if (refusal) throw refusal
}
