import { clientEntry } from './client-audit.ts'
import type { ClientDeps } from './client-deps.ts'
import { clientErrors } from './client-errors.ts'
import type { ClientStore, Confirmation } from './client-store.ts'

/** Whose connector a code confirms, for the page that asks; using up nothing. Throws `connector.code_not_valid`. */
export async function getConfirmation(
  deps: Pick<ClientDeps, 'clock' | 'secrets'> & { readonly clients: Pick<ClientStore, 'findConfirmation'> },
  code: string,
): Promise<Confirmation> {
  const confirmation = await deps.clients.findConfirmation(deps.secrets.digest(code), deps.clock.now())
  if (!confirmation) throw clientErrors.code_not_valid()
  return confirmation
}

/** Pending → Enabled, by the code of the mail, once. Throws `connector.code_not_valid`. */
export async function confirmConnector(
  deps: ClientDeps,
  { code, requestId }: { readonly code: string; readonly requestId: string },
): Promise<Confirmation> {
  const at = deps.clock.now()
  return deps.inTransaction(async ({ clients, audit }) => {
    const confirmed = await clients.confirm(deps.secrets.digest(code), at)
    if (!confirmed) throw clientErrors.code_not_valid()
    await audit.record(clientEntry({ action: 'connector.confirm', ...confirmed, at, requestId }))
    return confirmed
  })
}
