import type { PermissionFlag, Principal } from '../../kernel/principal.ts'
import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { STILL } from '../../platform/database/version-rows.ts'
import { violatedConstraint } from '../../platform/database/violated-constraint.ts'
import type { Account, AccountReads, AccountWrites } from './account.ts'
import { userErrors } from './user.ts'

interface Row extends Omit<Account, 'flags'> {
  readonly role: Principal['role']
  readonly flags: readonly PermissionFlag[]
}

const FIND_ACCOUNT = statement<Row>(
  'account.find',
  `select id, username, email, display_name as "displayName", enabled, ldap_authority as "ldapAuthority",
          ldap_dn as "ldapDn", role, flags, password_hash is not null as "hasPassword",
          exists (select from client_application app where app.user_id = app_user.id) as "isOfClient"
   from app_user where id = $2 and organisation_id = $1 for no key update`,
)

// What is enforced may be older than the head: rows that have been closed since then still stand in files.
const REPOSITORIES_SPEAKING_TO = statement<{ id: string }>(
  'account.repositories-speaking-to',
  `with model as (select enforced from organisation_model where organisation_id = $1),
   naming as (
     select rule_id from rule_member where user_id = $2 and until = ${STILL}
     union select rule_id from rule_member, model where user_id = $2 and until < ${STILL} and until > model.enforced
     union select rule_id from rule_version
       where organisation_id = $1 and audience <> 'members' and until = ${STILL}
     union select rule_id from rule_version, model
       where organisation_id = $1 and audience <> 'members' and until < ${STILL} and until > model.enforced)
   select repository_id::text as id from naming join permission_version permission using (rule_id)
   where permission.until = ${STILL}
   union
   select repository_id::text from model, naming join permission_version permission using (rule_id)
   where permission.until < ${STILL} and permission.until > model.enforced`,
)

/** Accounts of one organisation, and what changing them needs to know. */
export function sqlAccountReads(tx: Connection, organisation: number): Omit<AccountReads, 'lockSuperadmins'> {
  return {
    findAccount: async (id) => {
      const [row] = await tx.query(FIND_ACCOUNT, [organisation, id])
      return row && { ...row, flags: new Set(row.flags) }
    },
    repositoriesSpeakingTo: async (user) =>
      (await tx.query(REPOSITORIES_SPEAKING_TO, [organisation, user])).map(({ id }) => id),
  }
}

const CHANGE = statement(
  'account.change',
  'update app_user set email = $2, display_name = $3, ldap_authority = $4, ldap_dn = $5 where id = $1',
)

const SET_ENABLED = statement('account.set-enabled', 'update app_user set enabled = $2 where id = $1')

/** `endSessions` ends all sessions of a user, in the same transaction. */
export function sqlAccountWrites(tx: Connection, endSessions: (user: string) => Promise<void>): AccountWrites {
  return {
    changeAccount: async ({ id, email, displayName, ldapAuthority, ldapDn }) => {
      // Two organisations take turns apart from each other, so the look before may have missed the other's.
      await tx.query(CHANGE, [id, email, displayName, ldapAuthority, ldapDn]).catch((error: unknown) => {
        throw violatedConstraint(error) === 'app_user_sign_in' ? userErrors.email_taken(email ?? '') : error
      })
    },
    setEnabled: async (user, enabled) => {
      await tx.query(SET_ENABLED, [user, enabled])
      if (!enabled) await endSessions(user)
    },
  }
}
