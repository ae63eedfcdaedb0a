import { gather } from '../../../kernel/gather.ts'
import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { STILL } from '../../../platform/database/version-rows.ts'
import { CONNECTOR_TOKEN_PREFIX, OAUTH_TOKEN_PREFIX } from '../../sign-in/index.ts'
import type { Ask } from './ask.ts'
import type { LiveFacts, LiveFactsStore, PartInDataSource, Scope, UsableDataSource } from './live-facts.ts'

interface Row {
  readonly n: number
  readonly user_id: string | null
  readonly token_kind: string | null
  readonly token_expires_at: Date | null
  readonly connector_id: number | null
  readonly connector_state: string | null
  readonly connector_user: string | null
  readonly connector_client: string | null
  readonly client_id: string | null
  readonly client_name: string | null
  readonly client_enabled: boolean | null
  readonly client_permitted: boolean | null
  readonly is_creator: boolean | null
  readonly is_steward: boolean | null
  readonly is_admin: boolean | null
}

// Each by its keys, in the tables that recognise callers (features/sign-in), so that the answer is what they would hear: of a
// visitor, too, the app is one that their own organisation permits. Arrays
// in sub-selects, since of a plain parameter PostgreSQL would learn the length, and plan anew each time.
const FIND = statement<Row>(
  'access.live-facts',
  `select asked.n::int, u.id as user_id, token.kind as token_kind, token.expires_at as token_expires_at,
     connector.id as connector_id, connector.state as connector_state, connector.user_id as connector_user,
     connector.client_id as connector_client,
     app.client_id, app.name as client_name, app.enabled as client_enabled,
     coalesce(permitted.is_permitted, false) as client_permitted,
     standing.is_creator, standing.is_steward,
     u.role <> 'user' and 'allow_modify_datasources' = any(u.flags) as is_admin
   from unnest((select $1::int[]), (select $2::text[]), (select $3::bytea[]), (select $4::uuid[]), (select $5::text[]),
       (select $6::int[]), (select $7::text[]), (select $8::int[]), (select $9::uuid[]))
     with ordinality as asked
       (organisation_id, token_kind, token_hash, user_id, username, connector_id, client_id, data_source_id, visitor, n)
   left join lateral (
     select asked.token_kind as kind, c.user_id, c.expires_at, null::int as connector_id, null::text as client_id
     from access_token c where asked.token_kind = 'personal' and c.token_hash = asked.token_hash
     union all
     select asked.token_kind, of_token.user_id, c.expires_at, c.connector_id, null
     from connector_token c join connector of_token on of_token.id = c.connector_id
     where asked.token_kind = 'connector' and c.token_hash = asked.token_hash
     union all
     select asked.token_kind, c.user_id, c.expires_at, null, c.client_id
     from oauth_access_token c join client_application of_token on of_token.client_id = c.client_id
     where asked.token_kind = 'oauth' and c.token_hash = asked.token_hash
     limit 1) token on true
   left join lateral (
     select id, role, flags, organisation_id as home from app_user
     where id = coalesce(token.user_id, asked.user_id) and (organisation_id = asked.organisation_id or id = asked.visitor)
     union all
     select id, role, flags, organisation_id from app_user where organisation_id = asked.organisation_id and username = asked.username
     limit 1) u on true
   left join lateral (
     select id, state, user_id, client_id from connector
     where id = coalesce(token.connector_id, asked.connector_id) and organisation_id = coalesce(u.home, asked.organisation_id)
     limit 1) connector on true
   left join lateral (
     select client_id, name, enabled from client_application
     where client_id = coalesce(token.client_id, asked.client_id, connector.client_id)
     limit 1) app on true
   left join permitted_client permitted on permitted.organisation_id = coalesce(u.home, asked.organisation_id) and permitted.client_id = app.client_id
   left join data_source source on source.organisation_id = asked.organisation_id and source.id = asked.data_source_id
   left join lateral (
     with recursive above as (
       select source.group_id as id
       union
       select parent.parent_id from above join data_source_group parent on parent.id = above.id)
     select coalesce(source.created_by = u.id, false) as is_creator,
       exists (select from data_source_steward steward where steward.data_source_id = source.id and steward.user_id = u.id)
       or exists (select from data_source_group_steward steward join above on above.id = steward.group_id
         where steward.user_id = u.id) as is_steward) standing on source.id is not null
   order by asked.n`,
)

const LED_TEAMS = statement<{ readonly id: string }>(
  'access.led-teams',
  `select team_id as id from leader_version where user_id = $1 and until = ${STILL}`,
)

// What teams below have lies at or below what the team itself has.
const COVERED = statement<{ readonly covered: boolean }>(
  'access.covered',
  `select exists (
     select from leader_version leader
     join resource_version resource on resource.team_id = leader.team_id and resource.until = ${STILL}
     where leader.user_id = $1 and leader.until = ${STILL} and resource.repository_name = asked.repository
     and (resource.path = '/' or resource.path = asked.path or starts_with(asked.path, resource.path || '/'))) as covered
   from unnest((select $2::text[]), (select $3::text[])) with ordinality as asked (repository, path, n)
   order by asked.n`,
)

const RESOURCES_LED = statement<{ readonly repository: string; readonly path: string }>(
  'access.resources-led',
  `select distinct resource.repository_name as repository, resource.path
   from leader_version leader join resource_version resource on resource.team_id = leader.team_id and resource.until = ${STILL}
   where leader.user_id = $1 and leader.until = ${STILL}`,
)

const PARTS_IN = statement<PartInDataSource & { readonly userId: string | null }>(
  'access.parts-in-data-source',
  `with recursive above as (
     select group_id as id from data_source where organisation_id = $1 and id = $2
     union
     select parent.parent_id from above join data_source_group parent on parent.id = above.id),
   part as (
     select created_by as user_id, true as is_creator, false as is_steward, false as is_admin
     from data_source where organisation_id = $1 and id = $2
     union all
     select user_id, false, true, false from data_source_steward where data_source_id = $2
     union all
     select user_id, false, true, false from data_source_group_steward where group_id in (select id from above)
     union all
     select id, false, false, true from app_user
     where organisation_id = $1 and role <> 'user' and 'allow_modify_datasources' = any(flags))
   select user_id as "userId", bool_or(is_creator) as "isCreator", bool_or(is_steward) as "isSteward", bool_or(is_admin) as "isAdmin"
   from part where exists (select from data_source where organisation_id = $1 and id = $2)
   group by user_id`,
)

const USABLE = statement<UsableDataSource>(
  'access.usable-data-sources',
  `with recursive who as (
     select id, role <> 'user' and 'allow_modify_datasources' = any(flags) as is_admin from app_user
     where id = $2 and (organisation_id = $1 or id = $4)
     union all
     select id, role <> 'user' and 'allow_modify_datasources' = any(flags) from app_user
     where organisation_id = $1 and username = $3),
   below as (
     select steward.group_id as id from data_source_group_steward steward join who on who.id = steward.user_id
     union
     select child.id from below join data_source_group child on child.organisation_id = $1 and child.parent_id = below.id),
   part as (
     select source.id, true as is_creator, false as is_steward, false as is_admin
     from data_source source join who on who.id = source.created_by
     union all
     select steward.data_source_id, false, true, false from data_source_steward steward join who on who.id = steward.user_id
     union all
     select source.id, false, true, false from below join data_source source
     on source.organisation_id = $1 and source.group_id = below.id
     union all
     select source.id, false, false, true from data_source source join who on who.is_admin where source.organisation_id = $1)
   select id as "dataSource", bool_or(is_creator) as "isCreator", bool_or(is_steward) as "isSteward", bool_or(is_admin) as "isAdmin"
   from part group by id`,
)

/**
 * Requests that come while others are looked up are looked up next, all in one statement.
 *
 * @param digest - how tokens are stored
 */
export function sqlLiveFactsStore(connection: Connection, digest: (token: string) => Uint8Array): LiveFactsStore {
  const findTogether = gather(async (groups: readonly Group[]) => {
    const asks = groups.flatMap(({ scope, asks }) => asks.map((ask) => ({ ...ask, scope })))
    const found = (await connection.query(FIND, columnsOf(asks, digest))).map(toLiveFacts)
    return groups.map((group) => found.splice(0, group.asks.length))
  })
  return {
    find: (scope, asks) => findTogether({ scope, asks }),
    async leading(userId, spots) {
      const [teams, covers] = await Promise.all([
        connection.query(LED_TEAMS, [userId]),
        connection.query(COVERED, [userId, spots.map(({ repository }) => repository), spots.map(({ path }) => path)]),
      ])
      return { teams: new Set(teams.map(({ id }) => id)), covers: covers.map(({ covered }) => covered) }
    },
    async partsIn(organisation, dataSource) {
      const parts = await connection.query(PARTS_IN, [organisation, dataSource])
      // Who made it may be gone: then the row of nobody tells that it is there.
      return parts.length === 0 ? undefined : parts.filter(({ userId }) => userId !== null)
    },
    usable: ({ organisation, visitor }, user) =>
      connection.query(USABLE, [
        organisation,
        'id' in user ? user.id : null,
        'username' in user ? user.username : null,
        visitor ?? null,
      ]),
    resourcesLed: (userId) => connection.query(RESOURCES_LED, [userId]),
  }
}

/** What one request asks. */
interface Group {
  readonly scope: Scope
  readonly asks: readonly Ask[]
}

function columnsOf(
  asks: readonly (Ask & { readonly scope: Scope })[],
  digest: (token: string) => Uint8Array,
): readonly unknown[] {
  return [
    asks.map(({ scope }) => scope.organisation),
    asks.map(tokenKind),
    asks.map(({ subject }) => (subject.by === 'token' ? digest(subject.token) : null)),
    asks.map(({ subject }) => (subject.by === 'id' ? subject.id : null)),
    asks.map(({ subject }) => (subject.by === 'username' ? subject.username : null)),
    asks.map(({ connector }) => connector ?? null),
    asks.map(({ client }) => client ?? null),
    asks.map(({ target }) => (target.kind === 'data-source' ? target.id : null)),
    asks.map(({ scope }) => scope.visitor ?? null),
  ]
}

/** In which table a token would be: the same as for a caller who shows it. */
function tokenKind({ subject }: Ask): string | null {
  if (subject.by !== 'token') return null
  if (subject.token.startsWith(CONNECTOR_TOKEN_PREFIX)) return 'connector'
  return subject.token.startsWith(OAUTH_TOKEN_PREFIX) ? 'oauth' : 'personal'
}

function toLiveFacts(row: Row): LiveFacts {
  return {
    userId: row.user_id ?? undefined,
    token: toToken(row),
    connector: toConnector(row),
    client: toClient(row),
    dataSource: toDataSource(row),
  }
}

/** A token of another organisation's user is as good as none. */
function toToken({ token_kind, token_expires_at, user_id }: Row): LiveFacts['token'] {
  if (token_kind === null || user_id === null) return undefined
  return { expiresAt: token_expires_at ?? undefined, isDelegated: token_kind !== 'personal' }
}

function toConnector(row: Row): LiveFacts['connector'] {
  const { connector_id: id, connector_state: state, connector_client: clientId } = row
  if (id === null || state === null || clientId === null) return undefined
  return { id, state, clientId, isOwn: row.connector_user === row.user_id }
}

function toClient(row: Row): LiveFacts['client'] {
  const { client_id: id, client_name: name, client_enabled, client_permitted } = row
  if (id === null || name === null) return undefined
  return { id, name, isClientEnabled: client_enabled === true, isPermitted: client_permitted === true }
}

function toDataSource({ is_creator, is_steward, is_admin }: Row): LiveFacts['dataSource'] {
  if (is_creator === null) return undefined
  return { isCreator: is_creator, isSteward: is_steward === true, isAdmin: is_admin === true }
}
