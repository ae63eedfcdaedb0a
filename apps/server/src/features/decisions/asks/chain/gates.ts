import { refuseState } from '../../../connectors/index.ts'
import { isStewardOrCreator } from '../../../data-sources/index.ts'
import { REFUSALS, refusalOf } from '../../../permitted-clients/index.ts'
import type { Ask } from '../ask.ts'
import type { Person } from '../ask-policy.ts'
import type { LiveFacts } from '../live-facts.ts'
import { allows, doesNotApply, type Link, refuses } from './link.ts'

/** All that is decided before the rules are heard. */
export interface Entry {
  readonly ask: Ask
  readonly now: Date
  readonly organisation: { readonly id: number; readonly enabled: boolean }
  /** Of the organisation, or a visitor; undefined when there is none such. */
  readonly user: Person | undefined
  /** Undefined where nothing but the model decides. */
  readonly live: LiveFacts | undefined
}

type Gate = (entry: Entry) => Link | undefined

/**
 * What a request must pass before the rules count, in this order. All of it is what signing in (features/sign-in) and the
 * checkout of login credentials (features/credentials) ask too. Undefined is no link of this question.
 */
export const GATES: readonly Gate[] = [
  tokenGate,
  organisationGate,
  userGate,
  connectorGate,
  clientGate,
  stewardshipGate,
]

const NO_CONNECTOR = doesNotApply('connector', 'No connector was named.')
const NO_CLIENT = doesNotApply('client', 'No app was named.')
const NOBODYS_TOKEN = refuses('token', 'This token is nobody’s here.', {
  change: 'Show a token that was issued to a user of this organisation and not revoked.',
})
const GOOD_TOKEN = allows('token', 'The token is valid.')

function tokenGate({ ask, live, now }: Entry): Link | undefined {
  if (ask.subject.by !== 'token') return undefined
  if (!live?.token) return NOBODYS_TOKEN
  const { expiresAt } = live.token
  if (expiresAt === undefined || expiresAt > now) return GOOD_TOKEN
  return refuses('token', `The token ended at ${expiresAt.toISOString()}.`, { change: 'Get a new token.' })
}

function organisationGate({ organisation: { id, enabled } }: Entry): Link {
  if (enabled) return allows('organisation', 'The organisation is enabled.', { id: `${id}` })
  return refuses('organisation', 'The organisation is disabled.', { id: `${id}`, change: 'Enable the organisation.' })
}

function userGate({ user }: Entry): Link {
  if (!user) {
    return refuses('user', 'The organisation has no such user.', { change: 'Make the user in this organisation.' })
  }
  const { id, username: name, enabled } = user
  if (enabled) return allows('user', `${name} is enabled.`, { id, name })
  return refuses('user', `${name} is disabled.`, { id, name, change: `Enable ${name}.` })
}

const STATES_TO_CHANGE: Readonly<Record<string, string>> = {
  Pending: 'Its user confirms the email address by the link that was sent there.',
  Disabled: 'An admin enables the connector.',
}

function connectorGate({ ask, live, user }: Entry): Link {
  const connector = live?.connector
  if (!connector) {
    // A token that a connector was given goes with the connector.
    return ask.connector === undefined ? NO_CONNECTOR : notTheirConnector(ask.connector, user?.username)
  }
  if (!connector.isOwn) return notTheirConnector(connector.id, user?.username)
  const id = `${connector.id}`
  if (ask.client !== undefined && ask.client !== connector.clientId) {
    return refuses('connector', 'This connector is an installation of another app.', {
      id,
      change: 'Name the app that the connector was made with, or leave it out.',
    })
  }
  const refusal = refuseState(connector.state)
  if (!refusal) return allows('connector', 'The connector is enabled.', { id })
  const change = STATES_TO_CHANGE[connector.state] ?? 'Register or log in anew: this connector does not come back.'
  return refuses('connector', refusal.message, { id, change })
}

/** The same for one that there is not. */
function notTheirConnector(id: number, username = 'the user'): Link {
  return refuses('connector', `${username} has no such connector.`, {
    id: `${id}`,
    change: `Name a connector of ${username}.`,
  })
}

function clientGate({ ask, live }: Entry): Link {
  const client = live?.client
  // Connectors may be made by apps that nobody registered; there is nothing to permit.
  if (!client && ask.client === undefined) return NO_CLIENT
  const standing = client ?? { isClientEnabled: true, isPermitted: false }
  const refusal = refusalOf(standing)
  const id = client?.id ?? ask.client ?? ''
  if (!refusal) {
    return allows('client', 'The organisation permits the app.', { id, ...(client && { name: client.name }) })
  }
  const change = refusal === 'client_disabled' ? 'A superadmin enables the app.' : `Permit the app ${id}.`
  return refuses('client', REFUSALS[refusal], { id, change })
}

/** Who may use a data source whatever the rules say, and who may not whatever they say. */
function stewardshipGate({ ask, live, user }: Entry): Link | undefined {
  if (ask.target.kind !== 'data-source') return undefined
  const id = `${ask.target.id}`
  const isByApp = ask.client !== undefined || ask.connector !== undefined || live?.token?.isDelegated === true
  if (isByApp) {
    return refuses('stewardship', 'Login credentials of data sources are for people, not for apps.', {
      id,
      change: 'Sign in without an app.',
    })
  }
  const standing = live?.dataSource
  const name = user?.username ?? ''
  if (standing?.isAdmin) return allows('stewardship', `${name} is an admin of all data sources.`, { id })
  if (standing && isStewardOrCreator(standing)) {
    const part = standing.isCreator ? 'made the data source' : 'looks after the data source'
    return allows('stewardship', `${name} ${part}.`, { id })
  }
  return doesNotApply('stewardship', `${name} neither made the data source nor looks after it.`)
}
