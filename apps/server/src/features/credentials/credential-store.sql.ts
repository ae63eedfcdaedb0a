import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { violatedConstraint } from '../../platform/database/violated-constraint.ts'
import { entryErrors, nameKey, type Standing, searchText } from '../data-sources/index.ts'
import { CREDENTIAL_KIND, type CredentialFields } from './credential.ts'
import { CREDENTIAL_COLUMNS, type CredentialRow, toCredential } from './credential-row.sql.ts'
import type { CredentialStore, NewSecret } from './credential-store.ts'

const FIND_TEXT = `select ${CREDENTIAL_COLUMNS} from login_credential base where base.organisation_id = $1 and base.id = $2`
const FIND = statement<CredentialRow>('credentials.find', FIND_TEXT)
const FIND_FOR_CHANGE = statement<CredentialRow>('credentials.find-for-change', `${FIND_TEXT} for no key update`)

// The groups that any of their data sources is in, however far above.
const FIND_STANDING = statement<Standing>(
  'credentials.find-standing',
  `with recursive above as (
     select source.group_id as id from data_source_credential link join data_source source on source.id = link.data_source_id
     where link.credential_id = $2 and source.group_id is not null
     union
     select parent.parent_id from above join data_source_group parent on parent.id = above.id where parent.parent_id is not null
   )
   select coalesce(created_by = $3::uuid, false) as "isCreator",
     exists (
       select from data_source_credential link join data_source_steward steward using (data_source_id)
       where link.credential_id = $2 and steward.user_id = $3
     ) or exists (
       select from above join data_source_group_steward steward on steward.group_id = above.id where steward.user_id = $3
     ) as "isSteward"
   from login_credential where organisation_id = $1 and id = $2`,
)
const IS_STEWARD_OF_ANY = statement<{ readonly is: boolean }>(
  'credentials.is-steward-of-any',
  `select exists (
       select from data_source_steward steward join data_source source on source.id = steward.data_source_id
       where steward.user_id = $2 and source.organisation_id = $1
     ) or exists (
       select from data_source_group_steward steward join data_source_group above on above.id = steward.group_id
       where steward.user_id = $2 and above.organisation_id = $1
     ) or exists (select from data_source where created_by = $2 and organisation_id = $1) as is`,
)
const NEXT_ID = statement<{ readonly id: number }>(
  'credentials.next-id',
  `select nextval(pg_get_serial_sequence('login_credential', 'id'))::int as id`,
)
const ADD = statement(
  'credentials.add',
  `insert into login_credential (id, name, name_key, search_text, username, trusted, trusted_host, role, description, status,
     aliases, abbreviations, user_data, modified_at, created_at, organisation_id, created_by, sealed_secret, key_id, wrapped_key,
     secret_set_at, secret_set_by, secret_set_by_name)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
)
const SAVE = statement(
  'credentials.save',
  `update login_credential set (name, name_key, search_text, username, trusted, trusted_host, role, description, status, aliases,
     abbreviations, user_data, modified_at) = ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) where id = $1`,
)
const FIND_SECRET = statement<{ readonly sealed: string; readonly key_id: string; readonly wrapped_key: string }>(
  'credentials.find-secret',
  `select sealed_secret as sealed, key_id, wrapped_key from login_credential
   where organisation_id = $1 and id = $2 and sealed_secret is not null`,
)
const PUT_SECRET = statement(
  'credentials.put-secret',
  `update login_credential set sealed_secret = $2, key_id = $3, wrapped_key = $4, secret_set_at = $5, secret_set_by = $6,
     secret_set_by_name = $7, reminded_at = null where id = $1`,
)
const REMOVE = statement('credentials.remove', 'delete from login_credential where id = $1')

/** Login credentials in the table `login_credential`. */
export function sqlCredentialStore(connection: Connection): CredentialStore {
  return {
    async find(organisation, id) {
      const [row] = await connection.query(FIND, [organisation, id])
      return row && toCredential(row)
    },
    async findForChange(organisation, id) {
      const [row] = await connection.query(FIND_FOR_CHANGE, [organisation, id])
      return row && toCredential(row)
    },
    findStanding: async ({ organisation, userId }, id) =>
      (await connection.query(FIND_STANDING, [organisation, id, userId]))[0],
    isStewardOfAny: async ({ organisation, userId }) =>
      (await connection.query(IS_STEWARD_OF_ANY, [organisation, userId]))[0]?.is ?? false,
    async nextId() {
      const [row] = await connection.query(NEXT_ID)
      if (!row) throw new Error('A sequence answered no row.')
      return row.id
    },
    async add(credential, { at, by, secret = null }) {
      const values = [...valuesOf(credential, at), by.organisation, by.userId, ...secretValues(secret)]
      await connection.query(ADD, values).catch(rethrowNamed)
    },
    async save(credential, { at, secret }) {
      // At every moment those that are not trusted have a secret.
      const put = (given: NewSecret | null) => connection.query(PUT_SECRET, [credential.id, ...secretValues(given)])
      if (secret) await put(secret)
      await connection.query(SAVE, valuesOf(credential, at)).catch(rethrowNamed)
      if (secret === null) await put(null)
    },
    async findSecret(organisation, id) {
      const [row] = await connection.query(FIND_SECRET, [organisation, id])
      return row && { sealed: row.sealed, key: { keyId: row.key_id, wrapped: row.wrapped_key } }
    },
    async remove(id) {
      await connection.query(REMOVE, [id])
    },
  }
}

function valuesOf(credential: CredentialFields & { readonly id: number }, at: Date): readonly unknown[] {
  const { id, name, username, trusted, trustedHost, role, description, status, aliases, abbreviations } = credential
  const keys = [nameKey(name), searchText(credential)]
  return [
    ...[id, name, ...keys, username, trusted, trustedHost, role],
    ...[description, status, aliases, abbreviations, credential.userData, at],
  ]
}

function secretValues(given: NewSecret | null): readonly unknown[] {
  if (!given) return [null, null, null, null, null, null]
  const { secret, at, by } = given
  return [secret.sealed, secret.key.keyId, secret.key.wrapped, at, by.id, by.name]
}

function rethrowNamed(error: unknown): never {
  if (violatedConstraint(error) === 'login_credential_name') throw entryErrors.name_taken(CREDENTIAL_KIND.type)
  throw error
}
