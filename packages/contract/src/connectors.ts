import { Type } from 'typebox'

const Time = Type.String({ format: 'date-time' })

export const ConnectorStateSchema = Type.Enum(['Pending', 'Enabled', 'Disabled', 'Wipe', 'Wiped'])

/** One installation or login of a client application by one user, as admins see it. */
export const ConnectorDto = Type.Object({
  connector_id: Type.Integer(),
  connector_state: ConnectorStateSchema,
  user_id: Type.String({ format: 'uuid' }),
  username: Type.String(),
  organisation_id: Type.Integer(),
  client_id: Type.String(),
  device_name: Type.String(),
  platform: Type.String(),
  app_version: Type.String(),
  created_by: Type.Enum(['registration', 'login']),
  created_at: Time,
  last_used_at: Type.Optional(Type.String({ format: 'date-time', description: 'To the minute' })),
  state_changed_at: Time,
  state_changed_by: Type.Optional(Type.String({ format: 'uuid', description: 'A user; absent when the server did' })),
  wipe_ordered_at: Type.Optional(Time),
  wipe_confirmed_at: Type.Optional(Time),
})

/** What an installation that registered or logged in is answered. */
export const NewConnectorDto = Type.Object({
  connector_id: Type.Integer(),
  connector_state: ConnectorStateSchema,
  connector_secret: Type.String({ description: 'Shown this once; the Bearer token of the other calls' }),
})

/** How a connector stands, for its client, and what that is to do. */
export const ConnectorStatusDto = Type.Object({
  connector_id: Type.Integer(),
  connector_state: ConnectorStateSchema,
  order: Type.Enum(['none', 'locked', 'wipe']),
})

/** As of OAuth 2.0 (RFC 6749, 5.1). */
export const ConnectorTokenDto = Type.Object({
  access_token: Type.String(),
  token_type: Type.String(),
  expires_in: Type.Integer({ description: 'Seconds' }),
})
