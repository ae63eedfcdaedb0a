import { ConnectorStateSchema, ConnectorStatusDto, ConnectorTokenDto, NewConnectorDto } from '@portreeve/contract'
import { Type } from 'typebox'
import { type Answer, defineRoute, type Route } from '../../../platform/http/route.ts'
import { type AwaitStatusDeps, awaitStatus } from './await-status.ts'
import type { ClientDeps } from './client-deps.ts'
import { confirmRoutes } from './confirm.http.ts'
import { confirmWipe } from './confirm-wipe.ts'
import { readSecret } from './connector-secret.ts'
import { type IssueTokenDeps, issueToken } from './issue-token.ts'
import { type LogInConnectorDeps, logInConnector } from './log-in-connector.ts'
import { logOutConnector } from './log-out-connector.ts'
import { type NewSecret, type RegisterConnectorDeps, registerConnector } from './register-connector.ts'
import { orderOf } from './standing.ts'

export type ClientRoutesDeps = RegisterConnectorDeps & LogInConnectorDeps & IssueTokenDeps & AwaitStatusDeps

const device = {
  device_name: Type.String({ maxLength: 256 }),
  platform: Type.String({ maxLength: 256 }),
  app_version: Type.String({ maxLength: 256 }),
  client_id: Type.String({ maxLength: 256, description: 'The client application' }),
}
const UNUSABLE = ['connector.pending', 'connector.disabled', 'connector.wipe', 'connector.wiped', 'connector.closed']
const bySecret = {
  dialect: 'admin',
  access: 'public',
  permission: 'a connector, by its secret',
  formats: 'json',
} as const

/** The other end of connectors: what the installations themselves call. */
export function clientRoutes(deps: ClientRoutesDeps): Route[] {
  return [
    registerRoute(deps),
    ...confirmRoutes(deps),
    logInRoute(deps),
    tokenRoute(deps),
    statusRoute(deps),
    wipedRoute(deps),
    logOutRoute(deps),
  ]
}

function registerRoute(deps: RegisterConnectorDeps): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/client/register/',
    dialect: 'admin',
    name: 'registerConnector',
    summary: 'Register an installation; its user is sent a mail to confirm it. Answers the same for unknown addresses',
    access: 'public',
    permission: 'anyone',
    formats: 'json',
    body: Type.Object({ email: Type.String({ maxLength: 254 }), ...device }),
    answers: { 200: { description: 'The connector, Pending', schema: NewConnectorDto } },
    errors: ['connector.bad_email', 'connector.bad_device', 'connector.too_many_registrations'],
    async handle({ body, source, requestId }) {
      const input = { email: body.email, device: toDevice(body), source, requestId }
      return made(await registerConnector(deps, input), 'Pending')
    },
  })
}

function logInRoute(deps: LogInConnectorDeps): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/client/login/',
    dialect: 'admin',
    name: 'logInConnector',
    summary: 'Log an installation in with a password',
    access: 'public',
    permission: 'anyone with a password, here or in a directory',
    formats: 'json',
    body: Type.Object({
      username: Type.String({ maxLength: 254, description: 'Or the email address' }),
      password: Type.String({ maxLength: 1024 }),
      token: Type.Optional(Type.String({ maxLength: 32, description: 'One-time code, for those with two factors' })),
      organisation_id: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'Where several have a user of that name' }),
      ),
      ...device,
    }),
    answers: { 200: { description: 'The connector, Enabled', schema: NewConnectorDto } },
    errors: [
      'connector.bad_device',
      'sign_in.bad_credentials',
      'sign_in.token_required',
      'sign_in.bad_token',
      'sealed_secret.other_key',
      'sealed_secret.not_authentic',
      'sign_in.account_disabled',
      'sign_in.locked_out',
      'sign_in.directory_unavailable',
      'organisation.disabled',
      'security.busy',
    ],
    async handle({ body, source, requestId }) {
      const { username, password, token, organisation_id: organisation } = body
      const proof = { username, password, token, organisation, source, requestId }
      return made(await logInConnector(deps, { ...proof, device: toDevice(body) }), 'Enabled')
    },
  })
}

function tokenRoute(deps: IssueTokenDeps): Route {
  return defineRoute({
    ...bySecret,
    method: 'POST',
    url: '/v1/client/token/',
    name: 'issueConnectorToken',
    summary: 'Get an access token for ten minutes, good while the connector is Enabled',
    body: Type.Object({}),
    bodyOptional: true,
    answers: {
      200: {
        description: 'As of OAuth 2.0 (RFC 6749, 5.1)',
        schema: ConnectorTokenDto,
      },
    },
    errors: ['connector.not_known', ...UNUSABLE],
    async handle({ headers }) {
      const { token, validForS } = await issueToken(deps, readSecret(headers))
      return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: validForS } }
    },
  })
}

function statusRoute(deps: AwaitStatusDeps): Route {
  return defineRoute({
    ...bySecret,
    method: 'GET',
    url: '/v1/client/status/',
    name: 'getConnectorStatus',
    summary: 'Ask for the state and the order; with `wait`, be answered when they change',
    query: Type.Object({
      wait: Type.Integer({
        minimum: 0,
        maximum: 60,
        default: 0,
        description: 'Seconds to wait at most, while there is no order or the state is still `known_state`',
      }),
      known_state: Type.Optional(ConnectorStateSchema),
    }),
    answers: { 200: { description: 'How the connector stands', schema: ConnectorStatusDto } },
    errors: ['connector.not_known'],
    async handle({ headers, query: { wait, known_state: knownState }, signal }) {
      const input = { secret: readSecret(headers), waitMs: wait * 1000, knownState, signal }
      const { id, standing } = await awaitStatus(deps, input)
      return {
        status: 200,
        body: { connector_id: id, connector_state: standing.state, order: orderOf(standing) },
      }
    },
  })
}

function wipedRoute(deps: ClientDeps): Route {
  return defineRoute({
    ...bySecret,
    method: 'POST',
    url: '/v1/client/wiped/',
    name: 'confirmWipe',
    summary: 'Say that everything kept on the device is erased',
    body: Type.Object({}),
    bodyOptional: true,
    answers: {
      200: {
        description: 'The connector is Wiped, now or before',
        schema: Type.Object({ connector_id: Type.Integer(), connector_state: ConnectorStateSchema }),
      },
    },
    errors: ['connector.not_known', 'connector.no_wipe_ordered'],
    async handle({ headers, requestId }) {
      const id = await confirmWipe(deps, { secret: readSecret(headers), requestId })
      return { status: 200, body: { connector_id: id, connector_state: 'Wiped' } }
    },
  })
}

function logOutRoute(deps: ClientDeps): Route {
  return defineRoute({
    ...bySecret,
    method: 'POST',
    url: '/v1/client/logout/',
    name: 'logOutConnector',
    summary: 'Delete the connector that a login made',
    body: Type.Object({}),
    bodyOptional: true,
    answers: { 200: { description: 'The connector is no more', schema: null } },
    errors: ['connector.not_known', 'connector.not_a_login', ...UNUSABLE],
    async handle({ headers, requestId }) {
      await logOutConnector(deps, { secret: readSecret(headers), requestId })
      return { status: 200 }
    },
  })
}

interface DeviceBody {
  readonly device_name: string
  readonly platform: string
  readonly app_version: string
  readonly client_id: string
}

function toDevice({ device_name: name, platform, app_version: appVersion, client_id: clientId }: DeviceBody) {
  return { name, platform, appVersion, clientId }
}

function made({ connector, secret }: NewSecret, state: 'Pending' | 'Enabled'): Answer {
  return { status: 200, body: { connector_id: connector, connector_state: state, connector_secret: secret } }
}
