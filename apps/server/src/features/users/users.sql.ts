import type { Connection } from '../../platform/database/database.ts'
import type { ListSource, PagedLists } from '../../platform/database/paged-list.ts'
import { statement } from '../../platform/database/statement.ts'
import { STILL } from '../../platform/database/version-rows.ts'
import { violatedConstraint } from '../../platform/database/violated-constraint.ts'
import { type User, userErrors } from './user.ts'
import { countUserParts } from './user-counts.sql.ts'
import { narrowUsers } from './user-filter.sql.ts'
import type { UserReadModel, UserReads, UserWrites } from './user-store.ts'

const SELECT = `id, username, email, display_name as "displayName", enabled,
  ldap_authority as "ldapAuthority", ldap_dn as "ldapDn"`

const FIND = statement<User>('user.find', `select ${SELECT} from app_user where id = $2 and organisation_id = $1`)

const FIND_BY_USERNAME = statement<User>(
  'user.find-by-username',
  `select ${SELECT} from app_user where organisation_id = $1 and username = $2`,
)

const ALLOWS_LOCAL = statement<{ allowed: boolean }>(
  'user.allows-local',
  'select coalesce((select local_users from organisation_setting where organisation_id = $1), true) as allowed',
)

const USERNAME_TAKEN = statement<{ taken: boolean }>(
  'user.username-taken',
  'select exists (select from app_user where organisation_id = $1 and username = $2) as taken',
)

const EMAIL_TAKEN = statement<{ taken: boolean }>(
  'user.email-taken',
  `select exists (select from app_user where lower(email) = lower($1) and password_hash is not null and id <> $2)
       or exists (select from app_user where lower(email) = lower($1) and password_hash is null
                  and ldap_authority is not null and ldap_dn is not null and id <> $2) as taken`,
)

const ENTRY_TAKEN = statement<{ taken: boolean }>(
  'user.entry-taken',
  `select exists (select from app_user
     where organisation_id = $1 and ldap_authority = $2 and lower(ldap_dn) = lower($3) and id <> $4) as taken`,
)

const UNKNOWN = statement<{ id: string }>(
  'user.unknown',
  `select id::text from unnest($2::uuid[]) as wanted (id)
   where not exists (select from app_user where app_user.id = wanted.id and organisation_id = $1)`,
)

// What is enforced may be older than the head: rows that have been closed since then still stand in files.
const OPEN_TO_MORE = statement<{ id: string }>(
  'user.repositories-open-to-more',
  `with model as (select enforced from organisation_model where organisation_id = $1),
   wide as (
     select rule_id from rule_version where organisation_id = $1 and audience <> 'members' and until = ${STILL}
     union select rule_id from rule_version, model
       where organisation_id = $1 and audience <> 'members' and until < ${STILL} and until > model.enforced)
   select repository_id::text as id from wide join permission_version permission using (rule_id)
   where permission.until = ${STILL}
   union
   select repository_id::text from model, wide join permission_version permission using (rule_id)
   where permission.until < ${STILL} and permission.until > model.enforced`,
)

const INSERT = statement(
  'user.insert',
  `insert into app_user (id, organisation_id, username, email, display_name, enabled, ldap_authority, ldap_dn, password_hash)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
)

/** Whether the organisation has an LDAP authority is known to those who keep the teams' too. */
export function sqlUserReads(tx: Connection, organisation: number): Omit<UserReads, 'hasAuthority'> {
  return {
    allowsLocalUsers: async () => (await tx.query(ALLOWS_LOCAL, [organisation]))[0]?.allowed === true,
    usernameTaken: async (username) => (await tx.query(USERNAME_TAKEN, [organisation, username]))[0]?.taken === true,
    signInEmailTaken: async (...of) => (await tx.query(EMAIL_TAKEN, of))[0]?.taken === true,
    entryTaken: async ({ authority, dn }, user) =>
      (await tx.query(ENTRY_TAKEN, [organisation, authority, dn, user]))[0]?.taken === true,
    unknownUsers: async (ids) => (await tx.query(UNKNOWN, [organisation, ids])).map(({ id }) => id),
    repositoriesOpenToMore: async () => (await tx.query(OPEN_TO_MORE, [organisation])).map(({ id }) => id),
  }
}

export function sqlUserWrites(tx: Connection, organisation: number): UserWrites {
  return {
    insertUser: async (user) => {
      const { id, username, email, displayName, enabled, ldapAuthority, ldapDn, passwordHash } = user
      const values = [id, organisation, username, email, displayName, enabled, ldapAuthority, ldapDn, passwordHash]
      // Two organisations take turns apart from each other, so the look before may have missed the other's.
      await tx.query(INSERT, values).catch((error: unknown) => {
        throw violatedConstraint(error) === 'app_user_sign_in' ? userErrors.email_taken(email ?? '') : error
      })
    },
  }
}

const USERS: Omit<ListSource<User>, 'name' | 'base'> = {
  own: {
    id: 'base.id',
    username: 'base.username',
    email: 'base.email',
    displayName: 'base."displayName"',
    enabled: 'base.enabled',
  },
  // As their indexes have them.
  sortedBy: { email: 'lower(base.email)', displayName: 'lower(base."displayName")' },
  select: '*',
  tieBreak: 'id',
}

export function sqlUserReadModel(connection: Connection, lists: PagedLists): UserReadModel {
  return {
    find: async ({ organisation }, id) => (await connection.query(FIND, [organisation, id]))[0],
    findByUsername: async ({ organisation }, username) =>
      (await connection.query(FIND_BY_USERNAME, [organisation, username]))[0],
    count: (view, ids) => countUserParts(connection, view, ids),
    list: ({ organisation, version }, request, filter) => {
      const { name, condition, values } = narrowUsers(filter)
      const source: ListSource<User> = {
        ...USERS,
        name: name === '' ? 'users' : `users-${name}`,
        base: `select ${SELECT} from app_user where organisation_id = $1${condition}`,
        // Which index is best depends on how many have what is searched for.
        isPlannedEachTime: name !== '',
      }
      // Roles change without a new revision, so nothing that is counted for one is good for another time.
      const counted = filter.role === undefined ? { version } : {}
      return lists.page(source, { scope: [organisation, ...values], request, ...counted })
    },
  }
}
