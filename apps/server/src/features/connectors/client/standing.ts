import type { ConnectorState } from '../connector.ts'

/** All that a connector's client needs to hear. */
export interface Standing {
  readonly state: ConnectorState
  /** Whether its user and its organisation are enabled. */
  readonly isOpen: boolean
}

/** What the client is to do: go on, keep out until told otherwise, or erase what it keeps and say so. */
export type Order = 'none' | 'locked' | 'wipe'

/** An order to wipe stands whatever has become of the user and the organisation. */
export function orderOf({ state, isOpen }: Standing): Order {
  if (state === 'Wipe') return 'wipe'
  return isOpen && (state === 'Enabled' || state === 'Pending') ? 'none' : 'locked'
}
