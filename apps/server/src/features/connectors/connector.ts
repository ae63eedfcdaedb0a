import { defineErrors } from '../../kernel/errors.ts'
import type { UserId } from '../../kernel/ids.ts'

export type ConnectorState = 'Pending' | 'Enabled' | 'Disabled' | 'Wipe' | 'Wiped'

/** By registering, to be confirmed by mail, or by a login with a password. */
export type CreatedBy = 'registration' | 'login'

/** One installation or login of a client application by one user. */
export interface Connector {
  readonly id: number
  readonly state: ConnectorState
  readonly userId: UserId
  readonly username: string
  readonly organisation: number
  readonly organisationEnabled: boolean
  /** The client application, by its OAuth 2.0 id. */
  readonly clientId: string
  readonly deviceName: string
  readonly platform: string
  readonly appVersion: string
  readonly createdBy: CreatedBy
  readonly createdAt: Date
  readonly lastUsedAt: Date | undefined
  readonly stateChangedAt: Date
  /** The id of the user who did it; undefined when it was the server. */
  readonly stateChangedBy: string | undefined
  readonly wipeOrderedAt: Date | undefined
  readonly wipeConfirmedAt: Date | undefined
}

/** What an admin can do to a connector: bring it into a state, or delete it. */
export const CONNECTOR_ACTS = ['Enabled', 'Disabled', 'Wipe', 'delete'] as const

export type ConnectorAct = (typeof CONNECTOR_ACTS)[number]

export const connectorErrors = defineErrors('connector', {
  not_found: { kind: 'not_found', message: (id: string | number) => `There is no connector ${id}.` },
  bad_state: { kind: 'invalid', message: () => 'connector_state is Enabled, Disabled or Wipe.' },
  wrong_state: {
    kind: 'conflict',
    message: (state: ConnectorState, act: ConnectorAct) =>
      act === 'delete'
        ? `A connector in state ${state} cannot be deleted.`
        : `A connector in state ${state} cannot be set to ${act}.`,
  },
  changed_meanwhile: { kind: 'conflict', message: () => 'Somebody else changed this connector just now. Look again.' },
})

/**
 * What comes of an act in each state; what is absent is refused. The seed's "409 in state Enabled or Wipe", taken
 * literally, would forbid disabling an Enabled connector, which its text on DELETE demands.
 */
const TRANSITIONS: Readonly<
  Record<ConnectorState, Partial<Readonly<Record<ConnectorAct, ConnectorState | 'deleted'>>>>
> = {
  Pending: { delete: 'deleted' },
  Enabled: { Disabled: 'Disabled', Wipe: 'Wipe' },
  Disabled: { Enabled: 'Enabled', Disabled: 'Disabled', Wipe: 'Wipe', delete: 'deleted' },
  Wipe: {},
  Wiped: { delete: 'deleted' },
}

/** What becomes of a connector in that state; throws `connector.wrong_state` where the act is not possible. */
export function transition(state: ConnectorState, act: ConnectorAct): ConnectorState | 'deleted' {
  const next = TRANSITIONS[state][act]
  if (next === undefined) throw connectorErrors.wrong_state(state, act)
  return next
}

/** The state an admin asks for, or `connector.bad_state`: Pending and Wiped are never theirs to give. */
export function parseRequestedState(text: string): Exclude<ConnectorAct, 'delete'> {
  if (text === 'Enabled' || text === 'Disabled' || text === 'Wipe') return text
  throw connectorErrors.bad_state()
}

/** The number, or undefined for anything that cannot be the id of a connector (a PostgreSQL `int`). */
export function parseConnectorId(text: string): number | undefined {
  if (!/^[1-9][0-9]{0,9}$/.test(text)) return undefined
  const id = Number(text)
  return id <= 2_147_483_647 ? id : undefined
}
