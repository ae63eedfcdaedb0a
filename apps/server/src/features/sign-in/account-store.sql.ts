import type { UserId } from '../../kernel/ids.ts'
import { PERMISSION_FLAGS, type PermissionFlag, type Principal } from '../../kernel/principal.ts'
import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { violatedConstraint } from '../../platform/database/violated-constraint.ts'
import type { Account, DirectoryEntry } from './account.ts'
import type { AccountStore } from './account-store.ts'
import { signInErrors } from './sign-in-errors.ts'

interface Row {
  readonly id: UserId
  readonly username: string
  readonly email: string | null
  readonly enabled: boolean
  readonly role: Principal['role']
  readonly flags: readonly PermissionFlag[]
  readonly organisation_id: number
  readonly organisation_enabled: boolean
  readonly password_hash: string | null
  readonly ldap_authority: string | null
  readonly ldap_dn: string | null
  readonly is_of_client: boolean
}

const ACCOUNT = `
  select u.id, u.username, u.email, u.enabled, u.role, u.flags, u.organisation_id, o.enabled as organisation_enabled,
         u.password_hash, u.ldap_authority, u.ldap_dn,
         exists (select from client_application app where app.user_id = u.id) as is_of_client
  from app_user u join organisation o on o.id = u.organisation_id`

const FIND_BY_EMAIL = statement<Row>(
  'accounts.find-by-email',
  `${ACCOUNT} where lower(u.email) = lower($1) and u.password_hash is not null
   union all
   (${ACCOUNT} where lower(u.email) = lower($1) and u.password_hash is null
      and u.ldap_authority is not null and u.ldap_dn is not null limit 2)`,
)
const FIND_BY_USERNAME = statement<Row>(
  'accounts.find-by-username',
  `${ACCOUNT} where u.username = $1 and ($2::int is null or u.organisation_id = $2) limit 2`,
)
const FIND_FOR_CHANGE = statement<Row>('accounts.find-for-change', `${ACCOUNT} where u.id = $1 for no key update of u`)
const SET_PASSWORD = statement('accounts.set-password', 'update app_user set password_hash = $2 where id = $1')
const PUT_SUPERADMIN = statement<{ readonly id: UserId }>(
  'accounts.put-superadmin',
  `insert into app_user (id, organisation_id, username, email, password_hash, role, flags)
   values ($1, 1, 'admin', $2, $3, 'superadmin', $4)
   on conflict (organisation_id, username) do update
     set email = excluded.email, password_hash = excluded.password_hash, role = excluded.role, flags = excluded.flags,
         enabled = true, ldap_authority = null, ldap_dn = null
   returning id`,
)

const EMAIL_INDEXES = new Set(['app_user_email', 'app_user_sign_in'])

/** Accounts in the table `app_user`. */
export function sqlAccountStore(connection: Connection): AccountStore {
  async function findByEmail(email: string): Promise<Account | undefined> {
    const rows = await connection.query(FIND_BY_EMAIL, [email])
    const row = rows.find(({ password_hash }) => password_hash !== null) ?? (rows.length === 1 ? rows[0] : undefined)
    return row && toAccount(row)
  }
  return {
    findByEmail,
    async findByName(name, organisation) {
      const rows = await connection.query(FIND_BY_USERNAME, [name, organisation ?? null])
      const [row, another] = rows
      if (!row) return findByEmail(name)
      return another ? undefined : toAccount(row)
    },
    async findForChange(id) {
      const [row] = await connection.query(FIND_FOR_CHANGE, [id])
      return row && toAccount(row)
    },
    async setPassword(id, passwordHash) {
      await withUniqueEmail(() => connection.query(SET_PASSWORD, [id, passwordHash]))
    },
    async putSuperadmin({ id, email, passwordHash }) {
      const values = [id, email, passwordHash, [...PERMISSION_FLAGS]]
      const [row] = await withUniqueEmail(() => connection.query(PUT_SUPERADMIN, values))
      return row?.id ?? id
    },
  }
}

async function withUniqueEmail<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    throw EMAIL_INDEXES.has(violatedConstraint(error) ?? '') ? signInErrors.email_taken() : error
  }
}

function toAccount(row: Row): Account {
  return {
    id: row.id,
    username: row.username,
    email: row.email ?? undefined,
    enabled: row.enabled,
    role: row.role,
    flags: new Set(row.flags),
    organisation: row.organisation_id,
    organisationEnabled: row.organisation_enabled,
    passwordHash: row.password_hash ?? undefined,
    inDirectory: row.ldap_authority !== null,
    isOfClient: row.is_of_client,
    directoryEntry: toDirectoryEntry(row),
  }
}

function toDirectoryEntry(row: Row): DirectoryEntry | undefined {
  const { organisation_id: organisation, ldap_authority: authority, ldap_dn: dn, password_hash } = row
  return authority === null || dn === null || password_hash !== null ? undefined : { organisation, authority, dn }
}
