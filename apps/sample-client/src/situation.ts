import type { ConnectorStatus } from '@portreeve/client'

/** What a client has to reckon with. `gone`: the server knows the connector no more. */
export type Situation = 'pending' | 'open' | 'locked' | 'wipe' | 'gone'

/** A connector that is Wiped already is as good as ordered to be: whatever is still here must not be. */
export function situationOf({ connector_state: state, order }: ConnectorStatus): Situation {
  if (order === 'wipe' || state === 'Wiped') return 'wipe'
  if (order === 'locked') return 'locked'
  return state === 'Pending' ? 'pending' : 'open'
}

/** Told whenever it changes. */
export function describeSituation(situation: Situation, connectorId: number): string {
  const connector = `Connector ${connectorId}`
  switch (situation) {
    case 'pending':
      return `${connector} waits for its user to open the link in the mail, or: confirm <code>.`
    case 'open':
      return `${connector} is enabled.`
    case 'locked':
      return `${connector} is locked: what is kept here is not shown until an admin enables it.`
    case 'wipe':
      return `${connector} is to be wiped: erasing all that is kept here.`
    case 'gone':
      return `${connector} is no more. What is kept here is not shown; "logout" erases it.`
  }
}
