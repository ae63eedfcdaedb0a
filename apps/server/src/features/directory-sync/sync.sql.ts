import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { STILL } from '../../platform/database/version-rows.ts'
import { dnKey, type Person } from './person.ts'
import type { SyncUser, TeamBefore, TeamStanding } from './plan-sync.ts'
import type {
  DueSync,
  ManagedTeam,
  QueriedTeam,
  SyncReads,
  SyncRun,
  SyncSchedule,
  SyncStore,
  SyncWrites,
  TeamToRead,
} from './sync-store.ts'

const FIND_TEAM = statement<QueriedTeam>(
  'sync.find-team',
  `select team_id as id, team.name, ldap_authority as "ldapAuthority", ldap_filter as "ldapFilter",
     md5(authority::text) as "authorityState"
   from team_version team left join ldap_authority authority
     on authority.id = team.ldap_authority and authority.organisation_id = team.organisation_id
   where team_id = $2 and team.organisation_id = $1 and until = ${STILL}`,
)

const LIST_MANAGED = statement<{ id: string }>(
  'sync.list-managed',
  `with recursive tree as (
     select team_id, ldap_authority, ldap_filter, 0 as depth from team_version
     where organisation_id = $1 and parent_id is null and until = ${STILL}
     union all
     select team.team_id, team.ldap_authority, team.ldap_filter, tree.depth + 1
     from tree join team_version team on team.parent_id = tree.team_id and team.until = ${STILL})
   select team_id as id from tree
   where ldap_authority is not null and ldap_filter is not null order by depth, team_id`,
)

/** The CTE `above (team_id)`: teams above the one in a parameter that take their members from a directory. */
const MANAGED_ABOVE = (team: string) => `
  chain as (
    select team_id, parent_id, ldap_filter from team_version where team_id = ${team} and until = ${STILL}
    union all
    select team.team_id, team.parent_id, team.ldap_filter
    from chain join team_version team on team.team_id = chain.parent_id and team.until = ${STILL}),
  above as (select team_id from chain where team_id <> ${team} and ldap_filter is not null)`

const USER = `app_user.id, app_user.username, app_user.ldap_authority as "ldapAuthority", app_user.ldap_dn as "ldapDn",
  app_user.password_hash is not null as "hasPassword"`

// Sorted as the digest it is compared with is, whatever the database's own order.
const STANDING = statement<TeamStanding>(
  'sync.standing',
  `select count(*)::int as members, count(entry)::int as linked,
     encode(sha256(convert_to(coalesce(string_agg(entry, E'\\n' order by entry collate "C"), ''), 'UTF8')), 'hex') as entries
   from (select case when app_user.ldap_authority = $2 then app_user.ldap_dn end as entry
         from membership join app_user on app_user.id = membership.user_id
         where membership.team_id = $1 and membership.until = ${STILL}) member`,
)

const MEMBERS = statement<SyncUser>(
  'sync.members',
  `select ${USER} from membership join app_user on app_user.id = membership.user_id
   where membership.team_id = $1 and membership.until = ${STILL} order by membership.username`,
)

const CANDIDATES = statement<SyncUser>(
  'sync.candidates',
  `select ${USER} from app_user where organisation_id = $1 and username = any($3::text[])
   union
   select ${USER} from app_user where organisation_id = $1 and ldap_authority = $2 and lower(ldap_dn) = any($4::text[])`,
)

const LIST_MANAGED_ABOVE = statement<{ id: string }>(
  'sync.list-managed-above',
  `with recursive ${MANAGED_ABOVE('$1')} select team_id as id from above`,
)

const NOT_MEMBERS = statement<{ id: string }>(
  'sync.not-members',
  `select wanted.id::text from unnest($2::uuid[]) as wanted (id) where not exists (
     select from membership where user_id = wanted.id and team_id = $1 and until = ${STILL})`,
)

const REMOVAL_SHARE = statement<{ share: number }>(
  'sync.removal-share',
  'select directory_removal_share as share from organisation_setting where organisation_id = $1',
)
const DEFAULT_REMOVAL_SHARE = 20

const LIST_DUE = statement<DueSync>(
  'sync.list-due',
  `select organisation_id as organisation, directory_sync_schedule as schedule, next_directory_sync_at as "dueAt"
   from organisation_setting join organisation on organisation.id = organisation_id
   where next_directory_sync_at <= $1 and directory_sync_schedule is not null and organisation.enabled`,
)

const CLAIM = statement<{ organisation: number }>(
  'sync.claim',
  `update organisation_setting set next_directory_sync_at = $3
   where organisation_id = $1 and next_directory_sync_at = $2 returning organisation_id as organisation`,
)

/** The schedules in the settings of organisations. */
export function sqlSyncSchedule(connection: Connection): SyncSchedule {
  return {
    listDue: (at) => connection.query(LIST_DUE, [at]),
    claim: async ({ organisation, dueAt }, next) =>
      (await connection.query(CLAIM, [organisation, dueAt, next])).length > 0,
  }
}

interface RunRow extends Omit<SyncRun, 'error'> {
  readonly errorCode: string | null
  readonly errorMessage: string | null
}

const SAVE_RUN = statement(
  'sync.save-run',
  `insert into team_sync (team_id, outcome, started_at, finished_at, found, added, created, removed, skipped, task_id,
                          error_code, error_message)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
   on conflict (team_id) do update set
     outcome = excluded.outcome, started_at = excluded.started_at, finished_at = excluded.finished_at,
     found = excluded.found, added = excluded.added, created = excluded.created, removed = excluded.removed,
     skipped = excluded.skipped, task_id = excluded.task_id, error_code = excluded.error_code,
     error_message = excluded.error_message
   where team_sync.started_at <= excluded.started_at`,
)

const FIND_RUN = statement<RunRow>(
  'sync.find-run',
  `select outcome, started_at as "startedAt", finished_at as "finishedAt", found, added, created, removed, skipped,
     task_id as "taskId", error_code as "errorCode", error_message as "errorMessage"
   from team_sync join team on team.id = team_id where team_id = $2 and organisation_id = $1`,
)

/** What syncs read and note, outside of proposals. */
export function sqlSyncStore(connection: Connection): SyncStore {
  return {
    findTeam: async (organisation, team) => (await connection.query(FIND_TEAM, [organisation, team]))[0],
    listManaged: async (organisation) => (await connection.query(LIST_MANAGED, [organisation])).map(({ id }) => id),
    standingOf: async ({ id, ldapAuthority }) => {
      const [standing] = await connection.query(STANDING, [id, ldapAuthority])
      if (!standing) throw new Error('A count answered no row.')
      return standing
    },
    listMembers: (team) => connection.query(MEMBERS, [team]),
    readTeam: (find) => readTeam(connection, find),
    removalShare: async (organisation) =>
      (await connection.query(REMOVAL_SHARE, [organisation]))[0]?.share ?? DEFAULT_REMOVAL_SHARE,
    saveRun: (team, run) => saveRun(connection, team, run),
    findRun: async (organisation, team) => {
      const [row] = await connection.query(FIND_RUN, [organisation, team])
      if (!row) return undefined
      const { errorCode, errorMessage, ...run } = row
      return { ...run, error: errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' } }
    },
  }
}

async function saveRun(connection: Connection, team: string, run: SyncRun): Promise<void> {
  const { outcome, startedAt, finishedAt, found, added, created, removed, skipped, taskId, error } = run
  const counts = [found, added, created, removed, skipped]
  const values = [team, outcome, startedAt, finishedAt, ...counts, taskId, error?.code, error?.message]
  await connection.query(
    SAVE_RUN,
    values.map((value) => value ?? null),
  )
}

/** Where nothing has changed nothing is read: only persons who are none of the members are looked for. */
async function readTeam(connection: Connection, find: TeamToRead): Promise<TeamBefore> {
  const { organisation, team, members, persons } = find
  const entries = new Set(
    members.flatMap(({ ldapAuthority, ldapDn }) =>
      ldapAuthority === team.ldapAuthority && ldapDn !== null ? [dnKey(ldapDn)] : [],
    ),
  )
  const strangers = persons.filter(({ dn }) => !entries.has(dnKey(dn)))
  const candidates = strangers.length > 0 ? await findCandidates(connection, { organisation, team, strangers }) : []
  const above = strangers.length > 0 ? await connection.query(LIST_MANAGED_ABOVE, [team.id]) : []
  const memberIds = new Set(members.map(({ id }) => id))
  const others = candidates.filter(({ id }) => !memberIds.has(id))
  const outside = await notInAll(connection, {
    teams: above.map(({ id }) => id),
    users: others.map(({ id }) => id),
  })
  return {
    authority: team.ldapAuthority,
    known: [
      ...members.map((user) => ({ ...user, isMember: true, mayJoin: true })),
      ...others.map((user) => ({ ...user, isMember: false, mayJoin: !outside.has(user.id) })),
    ],
    members: members.length,
    isBelowManaged: above.length > 0,
  }
}

interface StrangersToFind {
  readonly organisation: number
  readonly team: ManagedTeam
  readonly strangers: readonly Person[]
}

function findCandidates(connection: Connection, { organisation, team, strangers }: StrangersToFind) {
  const usernames = strangers.map(({ username }) => username)
  const dns = strangers.map(({ dn }) => dn.toLowerCase())
  return connection.query(CANDIDATES, [organisation, team.ldapAuthority, usernames, dns])
}

interface TeamsAndUsers {
  readonly teams: readonly string[]
  readonly users: readonly string[]
}

/** Those of the users whom one of the teams does not have. */
async function notInAll(connection: Connection, { teams, users }: TeamsAndUsers): Promise<ReadonlySet<string>> {
  if (users.length === 0) return new Set()
  const missing = await Promise.all(teams.map((team) => connection.query(NOT_MEMBERS, [team, users])))
  return new Set(missing.flat().map(({ id }) => id))
}

const TAKEN_USERNAMES = statement<{ username: string }>(
  'sync.taken-usernames',
  'select username from app_user where organisation_id = $1 and username = any($2::text[])',
)

const LAST_SYNC_AT = statement<{ at: Date }>(
  'sync.last-sync-at',
  'select started_at as at from team_sync where team_id = $1',
)

export function sqlSyncReads(tx: Connection, organisation: number): SyncReads {
  return {
    findQueriedTeam: async (team) => (await tx.query(FIND_TEAM, [organisation, team]))[0],
    lastSyncAt: async (team) => (await tx.query(LAST_SYNC_AT, [team]))[0]?.at,
    notInManagedAbove: async (team, users) => {
      const above = await tx.query(LIST_MANAGED_ABOVE, [team])
      return [...(await notInAll(tx, { teams: above.map(({ id }) => id), users }))]
    },
    takenUsernames: async (usernames) =>
      (await tx.query(TAKEN_USERNAMES, [organisation, usernames])).map(({ username }) => username),
  }
}

const INSERT_USERS = statement(
  'sync.insert-users',
  `insert into app_user (id, organisation_id, username, email, display_name, ldap_authority, ldap_dn)
   select id, $1, username, email, display_name, $2, dn
   from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[]) as t (id, username, email, display_name, dn)`,
)

const RELINK = statement(
  'sync.relink',
  `update app_user set ldap_dn = link.dn from unnest($2::uuid[], $3::text[]) as link (id, dn)
   where app_user.id = link.id and ldap_authority = $1`,
)

export function sqlSyncWrites(tx: Connection, organisation: number): SyncWrites {
  return {
    saveRun: (team, run) => saveRun(tx, team, run),
    insertDirectoryUsers: async (authority, users) => {
      await tx.query(INSERT_USERS, [
        organisation,
        authority,
        users.map(({ id }) => id),
        users.map(({ username }) => username),
        users.map(({ email }) => email),
        users.map(({ displayName }) => displayName),
        users.map(({ dn }) => dn),
      ])
    },
    relinkUsers: async (authority, links) => {
      await tx.query(RELINK, [authority, links.map(({ id }) => id), links.map(({ dn }) => dn)])
    },
  }
}
