import { gather } from '../../../kernel/gather.ts'
import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { RegisteredClient } from '../server/registered-client.ts'
import type { FoundToken, IssuedKind, IssuedToken } from './issued-token.ts'
import type { IssuedTokenStore, ShownToken } from './issued-token-store.ts'

interface Row {
  readonly kind: IssuedKind
  readonly client_id: string
  readonly user_id: string
  readonly grant_id: string | null
  readonly scope: string | null
  readonly created_at: Date
  readonly expires_at: Date
  readonly is_user_open: boolean | null
  readonly is_client_enabled: boolean | null
  readonly is_permitted: boolean
}

/** Of the client that shows a token, and of the token if there is one. */
type ShownRow = { readonly n: number } & ClientRow & (Row | { readonly kind: null })

interface NewToken {
  readonly tokenHash: Uint8Array
  readonly token: IssuedToken
}

interface Ask {
  readonly clientId: string
  readonly kind: IssuedKind | undefined
  readonly tokenHash: Uint8Array | undefined
}

interface ClientRow {
  readonly shower_id: string
  readonly name: string
  readonly redirect_uris: readonly string[]
  readonly grant_types: readonly string[]
  readonly token_endpoint_auth_method: string
  readonly secret_hash: Uint8Array | null
}

// One statement for a client's own token, gate and all. Whom a user lets in has passed the gate before anything was consumed.
// Nobody waits for the disk: a token that a crash of the database takes is refused, and its client asks for another.
// A use is written down once a minute, and looked at first: `on conflict do update` locks the row even where it then
// changes nothing, and all tokens of a busy client would wait for one another's commit. In order, so that no two nodes wait
// for one another.
// A sign-in that is just being ended is waited for, and gets no more tokens; one that gets them is not ended before.
const ADD = statement<{ readonly token_hash: Buffer }>(
  'oauth-tokens.add',
  `with no_wait as (select set_config('synchronous_commit', 'off', true)),
   going_on as (select id from oauth_grant where id = any((select $5)::text[]) order by id for key share),
   admitted as (
     select token.*, u.id as acts_as, u.organisation_id
     from no_wait
     cross join unnest((select $1::bytea[]), (select $2::text[]), (select $3::text[]), (select $4::uuid[]), (select $5::text[]),
       (select $6::text[]), (select $7::timestamptz[]), (select $8::timestamptz[])) as token (token_hash, kind, client_id, user_id, grant_id, scope, created_at, expires_at)
     cross join lateral (
       select u.id, u.organisation_id
       from client_application app
       join app_user u on u.id = coalesce(token.user_id, app.user_id)
       join organisation o on o.id = u.organisation_id
       left join permitted_client permitted
         on permitted.organisation_id = u.organisation_id and permitted.client_id = app.client_id
       where app.client_id = token.client_id
         and (token.kind = 'AccessToken' or (u.enabled and o.enabled and app.enabled and permitted.is_permitted))
       limit 1) u
     where token.grant_id is null or token.grant_id in (select id from going_on)),
   noted as (
     insert into client_use as known (organisation_id, client_id, user_id, first_used_at, last_used_at)
     select organisation_id, client_id, acts_as, min(created_at), max(created_at) from admitted
     where not exists (
       select from client_use used
       where used.organisation_id = admitted.organisation_id and used.client_id = admitted.client_id
         and used.user_id = admitted.acts_as and used.last_used_at > admitted.created_at - interval '1 minute')
     group by organisation_id, client_id, acts_as
     order by organisation_id, client_id, acts_as
     on conflict (organisation_id, client_id, user_id) do update
       set last_used_at = greatest(known.last_used_at, excluded.last_used_at))
   insert into oauth_access_token (token_hash, kind, client_id, user_id, grant_id, scope, created_at, expires_at)
   select token_hash, kind, client_id, acts_as, grant_id, scope, created_at, expires_at from admitted
   returning token_hash`,
)
const TOKEN = `
  token.kind, token.client_id, token.user_id, token.grant_id, token.scope, token.created_at, token.expires_at,
  u.enabled and o.enabled as is_user_open, app.enabled as is_client_enabled,
  coalesce(permitted.is_permitted, false) as is_permitted`
const STANDING = `
  left join app_user u on u.id = token.user_id
  left join organisation o on o.id = u.organisation_id
  left join client_application app on app.client_id = token.client_id
  left join permitted_client permitted
    on permitted.organisation_id = u.organisation_id and permitted.client_id = token.client_id`
const FIND = statement<Row>(
  'oauth-tokens.find',
  `select ${TOKEN} from oauth_access_token token ${STANDING} where token.token_hash = $1 and token.kind = $2`,
)
// Of many at once, each by its keys: with the limit there is no plan that reads a whole table for them. Arrays in sub-selects, whose
// length PostgreSQL does not know: it plans once, and not anew for each.
const FIND_SHOWN = statement<ShownRow>(
  'oauth-tokens.find-shown',
  `select asked.n::int, found.*
   from unnest((select $1::text[]), (select $2::text[]), (select $3::bytea[])) with ordinality as asked (client_id, kind, token_hash, n)
   cross join lateral (
     select shower.client_id as shower_id, shower.name, shower.redirect_uris, shower.grant_types,
            shower.token_endpoint_auth_method, shower.secret_hash, ${TOKEN}
     from client_application shower
     left join oauth_access_token token on token.token_hash = asked.token_hash and token.kind = asked.kind
     ${STANDING}
     where shower.client_id = asked.client_id
     limit 1) found`,
)
const REMOVE = statement('oauth-tokens.remove', 'delete from oauth_access_token where token_hash = $1 and kind = $2')

/** Access tokens in the table `oauth_access_token`. */
export function sqlIssuedTokenStore(connection: Connection): IssuedTokenStore {
  const add = gather((added: readonly NewToken[]) => addAll(connection, added))
  const findShown = gather((asks: readonly Ask[]) => findAllShown(connection, asks))
  return {
    add: (tokenHash, token) => add({ tokenHash, token }),
    async find(kind, tokenHash) {
      const [row] = await connection.query(FIND, [tokenHash, kind])
      return row && toToken(row)
    },
    findShown: (clientId, shown) => findShown({ clientId, kind: shown?.kind, tokenHash: shown?.tokenHash }),
    async remove(kind, tokenHash) {
      await connection.query(REMOVE, [tokenHash, kind])
    },
  }
}

async function addAll(connection: Connection, added: readonly NewToken[]): Promise<readonly boolean[]> {
  const tokens = added.map(({ token }) => token)
  const values = [
    added.map(({ tokenHash }) => tokenHash),
    tokens.map(({ kind }) => kind),
    tokens.map(({ clientId }) => clientId),
    tokens.map(({ userId }) => userId ?? null),
    tokens.map(({ grantId }) => grantId ?? null),
    tokens.map(({ scope }) => scope ?? null),
    tokens.map(({ createdAt }) => createdAt),
    tokens.map(({ expiresAt }) => expiresAt),
  ]
  const rows = await connection.query(ADD, values)
  const admitted = new Set(rows.map(({ token_hash }) => token_hash.toString('hex')))
  return added.map(({ tokenHash }) => admitted.has(Buffer.from(tokenHash).toString('hex')))
}

async function findAllShown(connection: Connection, asks: readonly Ask[]): Promise<readonly ShownToken[]> {
  const values = [
    asks.map(({ clientId }) => clientId),
    asks.map(({ kind }) => kind ?? null),
    asks.map(({ tokenHash }) => tokenHash ?? null),
  ]
  const found = new Map((await connection.query(FIND_SHOWN, values)).map((row) => [row.n, row]))
  return asks.map((_ask, n) => toShown(found.get(n + 1)))
}

function toShown(row: ShownRow | undefined): ShownToken {
  return { client: row && toClient(row), token: row && row.kind !== null ? toToken(row) : undefined }
}

function toClient(row: ClientRow): RegisteredClient {
  return {
    clientId: row.shower_id,
    name: row.name,
    redirectUris: row.redirect_uris,
    grantTypes: row.grant_types,
    tokenEndpointAuthMethod: row.token_endpoint_auth_method,
    secretHash: row.secret_hash ?? undefined,
  }
}

function toToken({ is_user_open: isUserOpen, is_client_enabled: isClientEnabled, ...row }: Row): FoundToken {
  const isWhole = isUserOpen !== null && isClientEnabled !== null
  return {
    kind: row.kind,
    clientId: row.client_id,
    userId: row.kind === 'AccessToken' ? row.user_id : undefined,
    grantId: row.grant_id ?? undefined,
    scope: row.scope ?? undefined,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    standing: isWhole ? { isUserOpen, isClientEnabled, isPermitted: row.is_permitted } : undefined,
  }
}
