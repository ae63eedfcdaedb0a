import { gather } from '../../kernel/gather.ts'
import type { UserId } from '../../kernel/ids.ts'
import type { ModelPosition } from '../../kernel/model-state.ts'
import type { CallersSession, PermissionFlag, Principal } from '../../kernel/principal.ts'
import type { Connection, Statement } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { ActingClient, SignedInUser } from './signed-in-user.ts'

export interface SignedInUserRow extends ModelPosition {
  /** Whose answer it is: the place among those asked for, from 1. */
  readonly n: number
  readonly id: UserId
  readonly username: string
  readonly enabled: boolean
  readonly role: Principal['role']
  /** With blanks between them: that is read ten times as fast as an array is. */
  readonly flags: string
  readonly organisation_id: number
  readonly organisation_enabled: boolean
  readonly named_enabled: boolean | null
  readonly created_at: Date
  readonly expires_at: Date | null
  readonly last_used_at: Date | null
  readonly session_id: string | null
  readonly authenticated_at: Date | null
  readonly connector_state: string | null
  readonly client_id: string | null
  readonly client_enabled: boolean | null
  readonly client_permitted: boolean | null
}

const NO_SESSION = 'null::uuid as session_id, null::timestamptz as authenticated_at'
const NO_CONNECTOR = 'null::text as connector_state'
const NO_CLIENT = `null::text as client_id, null::boolean as client_enabled, null::boolean as client_permitted`
// What the user's own organisation says of it, whichever organisation the request names.
const CLIENT = `app.client_id, app.enabled as client_enabled, coalesce(permitted.is_permitted, false) as client_permitted`
const PERMISSION = `left join permitted_client permitted
      on permitted.organisation_id = u.organisation_id and permitted.client_id = app.client_id`
const CREDENTIALS = {
  session: {
    from: 'session c',
    columns: `c.last_seen_at as last_used_at, c.id as session_id, c.authenticated_at, ${NO_CONNECTOR}, ${NO_CLIENT}`,
    user: 'c.user_id',
    client: '',
  },
  access_token: {
    from: 'access_token c',
    columns: `c.last_used_at, ${NO_SESSION}, ${NO_CONNECTOR}, ${NO_CLIENT}`,
    user: 'c.user_id',
    client: '',
  },
  connector_token: {
    from: 'connector_token c join connector on connector.id = c.connector_id',
    columns: `null::timestamptz as last_used_at, ${NO_SESSION}, connector.state as connector_state, ${CLIENT}`,
    user: 'connector.user_id',
    client: `left join client_application app on app.client_id = connector.client_id ${PERMISSION}`,
  },
  oauth_access_token: {
    from: 'oauth_access_token c',
    columns: `null::timestamptz as last_used_at, ${NO_SESSION}, ${NO_CONNECTOR}, ${CLIENT}`,
    user: 'c.user_id',
    client: `join client_application app on app.client_id = c.client_id ${PERMISSION}`,
  },
}

/** Finds who holds a credential by the SHA-256 of its token, with the organisation that the request names. */
export type FindSignedInUser = (
  tokenHash: Uint8Array,
  namedOrganisation: number | undefined,
) => Promise<SignedInUser | undefined>

interface Ask {
  readonly tokenHash: Uint8Array
  readonly namedOrganisation: number | undefined
}

/** The statement that finds all who hold credentials of a kind; to be prepared once, under a name of its own. */
export function signedInUsersStatement(name: string, credential: keyof typeof CREDENTIALS): Statement<SignedInUserRow> {
  const { from, columns, user, client } = CREDENTIALS[credential]
  // Each by its keys: with the limit there is no plan that reads a whole table for them. And planned once: of an array that is a
  // plain parameter PostgreSQL would learn the length, and plan anew each time, which takes as long as the look itself.
  return statement(
    name,
    `select asked.n::int, found.*
     from unnest((select $1::bytea[]), (select $2::int[])) with ordinality as asked (token_hash, organisation, n)
     cross join lateral (
       select u.id, u.username, u.enabled, u.role, array_to_string(u.flags, ' ') as flags, u.organisation_id, home.enabled as organisation_enabled,
              named.enabled as named_enabled, c.created_at, c.expires_at, ${columns},
              model.head, model.enforced, model.lineage
       from ${from}
       join app_user u on u.id = ${user}
       join organisation home on home.id = u.organisation_id
       left join organisation named on named.id = asked.organisation
       join organisation_model model on model.organisation_id = coalesce(named.id, home.id)
       ${client}
       where c.token_hash = asked.token_hash
       limit 1) found`,
  )
}

/** Requests that come while others are looked up are looked up next, all in one statement. */
export function findSignedInUsers(connection: Connection, query: Statement<SignedInUserRow>): FindSignedInUser {
  const find = gather(async (asks: readonly Ask[]) => {
    const rows = await connection.query(query, [
      asks.map(({ tokenHash }) => tokenHash),
      asks.map(({ namedOrganisation }) => namedOrganisation ?? null),
    ])
    const found = new Map(rows.map((row) => [row.n, row]))
    return asks.map((_ask, n) => toSignedInUser(found.get(n + 1)))
  })
  return (tokenHash, namedOrganisation) => find({ tokenHash, namedOrganisation })
}

function toSignedInUser(row: SignedInUserRow | undefined): SignedInUser | undefined {
  return (
    row && {
      userId: row.id,
      username: row.username,
      enabled: row.enabled,
      role: row.role,
      flags: toFlags(row.flags),
      organisation: row.organisation_id,
      organisationEnabled: row.organisation_enabled,
      namedOrganisationEnabled: row.named_enabled ?? undefined,
      position: { head: row.head, enforced: row.enforced, lineage: row.lineage },
      createdAt: row.created_at,
      expiresAt: row.expires_at ?? undefined,
      lastUsedAt: row.last_used_at ?? undefined,
      session: toSession(row),
      connectorState: row.connector_state ?? undefined,
      client: toClient(row),
    }
  )
}

function toFlags(text: string): ReadonlySet<PermissionFlag> {
  return new Set(text === '' ? [] : (text.split(' ') as PermissionFlag[]))
}

function toClient(row: SignedInUserRow): ActingClient | undefined {
  const { client_id: id, client_enabled, client_permitted } = row
  return id === null
    ? undefined
    : { id, isClientEnabled: client_enabled === true, isPermitted: client_permitted === true }
}

function toSession({ session_id: id, authenticated_at: authenticatedAt }: SignedInUserRow): CallersSession | undefined {
  return id === null || authenticatedAt === null ? undefined : { id, authenticatedAt }
}
