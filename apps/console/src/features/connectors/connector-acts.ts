import type { Connector, ConnectorAct } from '@portreeve/client'

/** What can be done to a connector: to bring it into a state, or to delete it. */
export type Act = 'Enabled' | 'Disabled' | 'Wipe' | 'delete'

type State = Connector['connector_state']

const POSSIBLE: Readonly<Record<State, readonly Act[]>> = {
  Pending: ['delete'],
  Enabled: ['Disabled', 'Wipe'],
  Disabled: ['Enabled', 'Wipe', 'delete'],
  Wipe: [],
  Wiped: ['delete'],
}

/** What is worth offering in that state. The server decides again: the state can be another one by then. */
export function possibleActs(state: State): readonly Act[] {
  return POSSIBLE[state]
}

export function toConnectorAct(act: Act): ConnectorAct {
  return act === 'delete' ? { delete: true } : { connector_state: act }
}

/** What a device is told to do when it next asks. */
export function orderOf(state: State): 'none' | 'locked' | 'wipe' {
  if (state === 'Disabled') return 'locked'
  return state === 'Wipe' ? 'wipe' : 'none'
}
