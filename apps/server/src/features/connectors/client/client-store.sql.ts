import type { UserId } from '../../../kernel/ids.ts'
import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { ConnectorState, CreatedBy } from '../connector.ts'
import type { ClientConnector, ClientStore, Confirmation, ConnectorOwner, Unconfirmed } from './client-store.ts'
import type { Standing } from './standing.ts'

interface OwnerRow {
  readonly user_id: UserId
  readonly username: string
  readonly organisation_id: number
}

interface ConnectorRow {
  readonly id: number
  readonly state: ConnectorState
  readonly is_open: boolean
  readonly created_by: CreatedBy
  readonly last_used_at: Date | null
  readonly user_id: UserId | null
  readonly username: string | null
  readonly organisation_id: number | null
}

const OPEN_CONNECTOR = `
  from connector c
  join app_user u on u.id = c.user_id
  join organisation o on o.id = u.organisation_id`
const CONNECTOR = `
  select c.id, c.state, u.enabled and o.enabled as is_open, c.created_by, c.last_used_at, c.user_id, u.username,
         u.organisation_id
  ${OPEN_CONNECTOR}`
const UNCLAIMED = `'Pending'::text as state, true as is_open`

// In a sub-select, whose length PostgreSQL does not know: a plain parameter it would plan for anew each time.
const FIND_BY_SECRETS = statement<ConnectorRow & { readonly secret_hash: Buffer }>(
  'connector-clients.find-by-secrets',
  `select asked.secret_hash, c.*
   from unnest((select $1::bytea[])) as asked (secret_hash)
   cross join lateral (
     ${CONNECTOR} where c.secret_hash = asked.secret_hash
     union all
     select id, ${UNCLAIMED}, 'registration', null, null, null, null
     from unclaimed_registration where secret_hash = asked.secret_hash) c`,
)
const FIND_FOR_CHANGE = statement<ConnectorRow>(
  'connector-clients.find-for-change',
  `${CONNECTOR} where c.secret_hash = $1 for no key update of c`,
)
const FIND_UNCLAIMED = statement<ConnectorRow>(
  'connector-clients.find-unclaimed',
  `select id, ${UNCLAIMED}, 'registration' as created_by, null::timestamptz as last_used_at, null::uuid as user_id,
          null::text as username, null::int as organisation_id
   from unclaimed_registration where secret_hash = $1`,
)
const FIND_STANDINGS = statement<Pick<ConnectorRow, 'id' | 'state' | 'is_open'>>(
  'connector-clients.find-standings',
  `select c.id, c.state, u.enabled and o.enabled as is_open ${OPEN_CONNECTOR} where c.id = any($1::int[])
   union all
   select id, ${UNCLAIMED} from unclaimed_registration where id = any($1::int[])`,
)
const SAVE_USES = statement(
  'connector-clients.save-uses',
  `with used as (
     select c.id, use.at
     from unnest($1::int[], $2::timestamptz[]) as use (id, at)
     join connector c on c.id = use.id
     where c.last_used_at is null or c.last_used_at <= use.at - $3::int * interval '1 millisecond'
     for no key update of c skip locked)
   update connector set last_used_at = used.at from used where connector.id = used.id`,
)
const FIND_OWNER = statement<OwnerRow & { readonly has_password: boolean }>(
  'connector-clients.find-owner',
  `select u.id as user_id, u.username, u.organisation_id, u.password_hash is not null as has_password
   from app_user u join organisation o on o.id = u.organisation_id
   where lower(u.email) = lower($1) and u.enabled and o.enabled
   order by has_password desc limit 2`,
)
const ADD = statement<{ readonly id: number }>(
  'connector-clients.add',
  `insert into connector (organisation_id, user_id, state, client_id, device_name, platform, app_version, created_by, created_at,
                          state_changed_at, secret_hash)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10) returning id`,
)
const ADD_UNCLAIMED = statement<{ readonly id: number }>(
  'connector-clients.add-unclaimed',
  `insert into unclaimed_registration (secret_hash, id, created_at)
   values ($1, nextval(pg_get_serial_sequence('connector', 'id')), $2) returning id`,
)
const FIND_UNCONFIRMED = statement<{
  readonly email: string
  readonly username: string
  readonly device_name: string
  readonly platform: string
}>(
  'connector-clients.find-unconfirmed',
  `select u.email, u.username, c.device_name, c.platform ${OPEN_CONNECTOR}
   where c.id = $1 and c.state = 'Pending' and u.enabled and o.enabled and u.email is not null`,
)
const ADD_CODE = statement(
  'connector-clients.add-code',
  'insert into confirmation_code (code_hash, connector_id, expires_at) values ($1, $2, $3)',
)
const CONFIRMABLE = `
  join confirmation_code code on code.connector_id = c.id
  where code.code_hash = $1 and code.expires_at > $2 and c.state = 'Pending' and u.enabled and o.enabled`
const FIND_CONFIRMATION = statement<OwnerRow & { readonly id: number; readonly device_name: string }>(
  'connector-clients.find-confirmation',
  `select c.id, c.user_id, u.username, u.organisation_id, c.device_name ${OPEN_CONNECTOR} ${CONFIRMABLE}`,
)
const LOCK_CONFIRMATION = statement<OwnerRow & { readonly id: number; readonly device_name: string }>(
  'connector-clients.lock-confirmation',
  `select c.id, c.user_id, u.username, u.organisation_id, c.device_name ${OPEN_CONNECTOR} ${CONFIRMABLE}
   for no key update of c`,
)
const SAVE_STATE = statement(
  'connector-clients.save-state',
  'update connector set state = $2, state_changed_at = $3, state_changed_by = user_id where id = $1',
)
const DROP_CODES = statement('connector-clients.drop-codes', 'delete from confirmation_code where connector_id = $1')
const SAVE_WIPED = statement(
  'connector-clients.save-wiped',
  `update connector set state = 'Wiped', state_changed_at = $2, state_changed_by = user_id, wipe_confirmed_at = $2
   where id = $1`,
)
const REMOVE = statement('connector-clients.remove', 'delete from connector where id = $1')
const ADD_TOKEN = statement(
  'connector-clients.add-token',
  `with expired as (delete from connector_token where connector_id = $2 and expires_at <= $3)
   insert into connector_token (token_hash, connector_id, created_at, expires_at) values ($1, $2, $3, $4)`,
)
const COUNT_REGISTRATION = statement<{ readonly registrations: number; readonly since: Date }>(
  'connector-clients.count-registration',
  `insert into registration_count as known (key, registrations, since) values ($1, 1, $2)
   on conflict (key) do update
     set registrations = case when known.since <= $3 then 1 else known.registrations + 1 end,
         since = case when known.since <= $3 then $2 else known.since end
   returning registrations, since`,
)
const PURGE = [
  statement('connector-clients.purge-tokens', 'delete from connector_token where expires_at <= $1'),
  statement('connector-clients.purge-codes', 'delete from confirmation_code where expires_at <= $1'),
] as const
const PURGE_COUNTS = statement('connector-clients.purge-counts', 'delete from registration_count where since <= $1')
const PURGE_UNCLAIMED = statement(
  'connector-clients.purge-unclaimed',
  'delete from unclaimed_registration where created_at <= $1',
)

/** Connectors in the table `connector`, and what their clients show in the tables about it. */
export function sqlClientStore(connection: Connection): ClientStore {
  return {
    async findBySecrets(secretHashes) {
      const rows = await connection.query(FIND_BY_SECRETS, [secretHashes])
      const byHash = new Map(rows.map((row) => [row.secret_hash.toString('hex'), toConnector(row)]))
      return secretHashes.map((hash) => byHash.get(Buffer.from(hash).toString('hex')))
    },
    async findForChange(secretHash) {
      const [row] = await connection.query(FIND_FOR_CHANGE, [secretHash])
      const [found] = row ? [row] : await connection.query(FIND_UNCLAIMED, [secretHash])
      return found && toConnector(found)
    },
    async findStandings(ids) {
      const rows = await connection.query(FIND_STANDINGS, [ids])
      return new Map(rows.map(({ id, state, is_open }): [number, Standing] => [id, { state, isOpen: is_open }]))
    },
    async saveUses(uses, unlessWithinMs) {
      await connection.query(SAVE_USES, [[...uses.keys()], [...uses.values()], unlessWithinMs])
    },
    async findOwner(email) {
      const [row, another] = await connection.query(FIND_OWNER, [email])
      return row && (row.has_password || !another) ? toOwner(row) : undefined
    },
    async add({ owner, state, device, createdBy, at, secretHash }) {
      const { clientId, name, platform, appVersion } = device
      const values = [
        owner.organisation,
        owner.userId,
        state,
        clientId,
        name,
        platform,
        appVersion,
        createdBy,
        at,
        secretHash,
      ]
      return onlyId(await connection.query(ADD, values))
    },
    async addUnclaimed(secretHash, at) {
      return onlyId(await connection.query(ADD_UNCLAIMED, [secretHash, at]))
    },
    ...confirmations(connection),
    async saveWiped(id, at) {
      await connection.query(SAVE_WIPED, [id, at])
    },
    async remove(id) {
      await connection.query(REMOVE, [id])
    },
    async addToken({ hash, connector, createdAt, expiresAt }) {
      await connection.query(ADD_TOKEN, [hash, connector, createdAt, expiresAt])
    },
    async countRegistration(key, now, after) {
      const [row] = await connection.query(COUNT_REGISTRATION, [key, now, after])
      return { count: row?.registrations ?? 1, since: row?.since ?? now }
    },
    async purge({ now, counted, unclaimed }) {
      for (const statementOf of PURGE) await connection.query(statementOf, [now])
      await connection.query(PURGE_COUNTS, [counted])
      await connection.query(PURGE_UNCLAIMED, [unclaimed])
    },
  }
}

type Confirmations = Pick<ClientStore, 'findUnconfirmed' | 'addCode' | 'findConfirmation' | 'confirm'>

function confirmations(connection: Connection): Confirmations {
  return {
    async findUnconfirmed(id) {
      const [row] = await connection.query(FIND_UNCONFIRMED, [id])
      return row && toUnconfirmed(row)
    },
    async addCode({ hash, connector, expiresAt }) {
      await connection.query(ADD_CODE, [hash, connector, expiresAt])
    },
    async findConfirmation(codeHash, now) {
      const [row] = await connection.query(FIND_CONFIRMATION, [codeHash, now])
      return row && toConfirmation(row)
    },
    async confirm(codeHash, now) {
      // Who waited for the lock finds the state changed, and so no row.
      const [row] = await connection.query(LOCK_CONFIRMATION, [codeHash, now])
      if (!row) return undefined
      await connection.query(SAVE_STATE, [row.id, 'Enabled', now])
      await connection.query(DROP_CODES, [row.id])
      return toConfirmation(row)
    },
  }
}

function onlyId(rows: readonly { readonly id: number }[]): number {
  const [row] = rows
  if (!row) throw new Error('An insert returned no row.')
  return row.id
}

function toConnector({ id, state, is_open, created_by, last_used_at, ...row }: ConnectorRow): ClientConnector {
  const { user_id, username, organisation_id } = row
  const isOwned = user_id !== null && username !== null && organisation_id !== null
  return {
    id,
    state,
    isOpen: is_open,
    createdBy: created_by,
    lastUsedAt: last_used_at ?? undefined,
    owner: isOwned ? toOwner({ user_id, username, organisation_id }) : undefined,
  }
}

function toOwner({ user_id, username, organisation_id }: OwnerRow): ConnectorOwner {
  return { userId: user_id, username, organisation: organisation_id }
}

function toConfirmation({ id, device_name, ...row }: OwnerRow & { id: number; device_name: string }): Confirmation {
  return { connector: id, deviceName: device_name, owner: toOwner(row) }
}

function toUnconfirmed({
  email,
  username,
  device_name,
  platform,
}: {
  readonly email: string
  readonly username: string
  readonly device_name: string
  readonly platform: string
}): Unconfirmed {
  return { email, username, deviceName: device_name, platform }
}
