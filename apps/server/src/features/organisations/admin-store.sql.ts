import type { UserId } from '../../kernel/ids.ts'
import type { PermissionFlag, Principal } from '../../kernel/principal.ts'
import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { AdminCandidate } from './admin.ts'
import type { AdminStore } from './admin-store.ts'

interface Row {
  readonly id: UserId
  readonly username: string
  readonly organisation_id: number
  readonly enabled: boolean
  readonly role: Principal['role']
  readonly flags: readonly PermissionFlag[]
}

// A row lock would not do: there may be no superadmin yet. Any key will do that nothing else takes: "superadm" as bytes.
const LOCK = statement('admins.lock-superadmins', `select pg_advisory_xact_lock(x'737570657261646d'::bigint)`)
const SUPERADMINS = `from app_user u join organisation o on o.id = u.organisation_id
   where u.role = 'superadmin' and u.enabled and o.enabled`
const LIST_SUPERADMINS = statement<Row>(
  'admins.list-superadmins',
  `select u.id, u.username, u.organisation_id, u.enabled, u.role, u.flags ${SUPERADMINS}`,
)
const HAS_SUPERADMIN = statement<{ readonly found: boolean }>(
  'admins.has-superadmin',
  `select exists (select ${SUPERADMINS}) as found`,
)
const FIND_SQL = 'select id, username, organisation_id, enabled, role, flags from app_user where id = $1'
const FIND = statement<Row>('admins.find', FIND_SQL)
const FIND_FOR_CHANGE = statement<Row>('admins.find-for-change', `${FIND_SQL} for no key update`)
const SAVE_RIGHTS = statement('admins.save-rights', 'update app_user set role = $2, flags = $3 where id = $1')

/** Admins in the table `app_user`. */
export function sqlAdminStore(connection: Connection): AdminStore {
  return {
    hasSuperadmin: async () => (await connection.query(HAS_SUPERADMIN))[0]?.found ?? false,
    async lockSuperadmins() {
      await connection.query(LOCK)
      // A statement of its own: its snapshot is taken once the lock is held.
      return (await connection.query(LIST_SUPERADMINS)).map(toCandidate)
    },
    async find(id) {
      const [row] = await connection.query(FIND, [id])
      return row && toCandidate(row)
    },
    async findForChange(id) {
      const [row] = await connection.query(FIND_FOR_CHANGE, [id])
      return row && toCandidate(row)
    },
    async saveRights(id, { role, flags }) {
      await connection.query(SAVE_RIGHTS, [id, role, [...flags]])
    },
  }
}

function toCandidate({ organisation_id, flags, ...row }: Row): AdminCandidate {
  return { ...row, organisation: organisation_id, flags: new Set(flags) }
}
