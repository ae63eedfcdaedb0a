import { clientEntry } from './client-audit.ts'
import type { ClientDeps } from './client-deps.ts'
import { clientErrors } from './client-errors.ts'
import { assertUsable } from './connector-secret.ts'

/** Deletes a connector that a login made. One that is not Enabled stays: an order to wipe is not to be logged out of. */
export async function logOutConnector(
  deps: ClientDeps,
  { secret, requestId }: { readonly secret: string | undefined; readonly requestId: string },
): Promise<void> {
  const at = deps.clock.now()
  await deps.inTransaction(async ({ clients, audit }) => {
    const connector = secret && (await clients.findForChange(deps.secrets.digest(secret)))
    if (!connector) throw clientErrors.not_known()
    assertUsable(connector)
    if (connector.createdBy !== 'login') throw clientErrors.not_a_login()
    const { id, owner } = connector
    await clients.remove(id)
    await audit.record(clientEntry({ action: 'connector.log_out', owner, connector: id, at, requestId }))
  })
}
