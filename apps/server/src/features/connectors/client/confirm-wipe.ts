import { clientEntry } from './client-audit.ts'
import type { ClientDeps } from './client-deps.ts'
import { clientErrors } from './client-errors.ts'

/** Wipe → Wiped: the client says that it has erased what it kept. Saying so again changes nothing. */
export async function confirmWipe(
  deps: ClientDeps,
  { secret, requestId }: { readonly secret: string | undefined; readonly requestId: string },
): Promise<number> {
  const at = deps.clock.now()
  return deps.inTransaction(async ({ clients, audit }) => {
    const connector = secret && (await clients.findForChange(deps.secrets.digest(secret)))
    if (!connector) throw clientErrors.not_known()
    const { id, state, owner } = connector
    if (state === 'Wiped') return id
    if (state !== 'Wipe') throw clientErrors.no_wipe_ordered()
    await clients.saveWiped(id, at)
    await audit.record(clientEntry({ action: 'connector.wiped', owner, connector: id, at, requestId }))
    return id
  })
}
