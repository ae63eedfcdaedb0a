import type { ClientDeps } from './client-deps.ts'
import { REGISTRATION_WINDOW_MS } from './registration-limit.ts'

/** As long as a connector that nobody confirms stays by default. */
const UNCLAIMED_KEPT_MS = 90 * 24 * 60 * 60 * 1000

/** Drops what has no effect any more: expired tokens and codes, old counts, registrations that are nobody's. Daily. */
export async function purgeClients({ clock, clients }: Pick<ClientDeps, 'clock' | 'clients'>): Promise<void> {
  const now = clock.now()
  await clients.purge({
    now,
    counted: new Date(now.getTime() - REGISTRATION_WINDOW_MS),
    unclaimed: new Date(now.getTime() - UNCLAIMED_KEPT_MS),
  })
}
