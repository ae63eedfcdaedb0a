import type { ConnectionOptions } from './connection-options.ts'
import { StandingConnection } from './standing-connection.ts'

export interface ListenerHandlers {
  onNotice(payload: string): void
  /** After a reconnect: notices sent in between are lost. */
  onGap(): void
}

/**
 * Listens on one channel over a connection of its own, again after each loss, until disposed. Resolves once listening;
 * rejects when the first connection cannot be made.
 */
export async function listen(
  options: ConnectionOptions,
  channel: string,
  { onNotice, onGap }: ListenerHandlers,
): Promise<AsyncDisposable> {
  return await StandingConnection.open(options, {
    onGap,
    async begin(client) {
      client.on('notification', ({ payload }) => onNotice(payload ?? ''))
      await client.query(`listen ${client.escapeIdentifier(channel)}`)
    },
  })
}
