import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { LinkStore, Named } from './link-store.ts'

const IS_LINKED = statement(
  'credential-links.is-linked',
  'select from data_source_credential where data_source_id = $1 and credential_id = $2',
)
const LIST_LINKED = statement<{ readonly id: number }>(
  'credential-links.list-linked',
  'select credential_id as id from data_source_credential where data_source_id = $1 order by credential_id',
)
const FIND_CANDIDATES = statement<Named>(
  'credential-links.find-candidates',
  `select id, name from login_credential
   where organisation_id = $1 and (id = any($2::int[]) or name_key = any($3::text[]))`,
)
const LIST_FOREIGN = statement<{ readonly id: number }>(
  'credential-links.list-foreign',
  `with recursive above as (
     select link.credential_id, source.group_id as id
     from data_source_credential link join data_source source on source.id = link.data_source_id
     where link.credential_id = any($2::int[]) and source.group_id is not null
     union
     select above.credential_id, parent.parent_id
     from above join data_source_group parent on parent.id = above.id where parent.parent_id is not null
   )
   select id from login_credential credential
   where organisation_id = $1 and id = any($2::int[]) and created_by is distinct from $3::uuid
     and not exists (
       select from data_source_credential link join data_source_steward steward using (data_source_id)
       where link.credential_id = credential.id and steward.user_id = $3
     )
     and not exists (
       select from above join data_source_group_steward steward on steward.group_id = above.id
       where above.credential_id = credential.id and steward.user_id = $3
     )`,
)
const REPLACE = statement(
  'credential-links.replace',
  `with kept as (delete from data_source_credential where data_source_id = $2 and credential_id <> all ($3::int[]))
   insert into data_source_credential (organisation_id, data_source_id, credential_id)
   select $1, $2, unnest($3::int[]) on conflict do nothing`,
)

/** Links in `data_source_credential`. */
export function sqlLinkStore(connection: Connection): LinkStore {
  return {
    isLinked: async (dataSource, credential) =>
      (await connection.query(IS_LINKED, [dataSource, credential])).length > 0,
    listLinked: async (dataSource) => (await connection.query(LIST_LINKED, [dataSource])).map(({ id }) => id),
    findCandidates: (organisation, { ids, names }) => connection.query(FIND_CANDIDATES, [organisation, ids, names]),
    listForeign: async ({ organisation, userId }, credentials) =>
      (await connection.query(LIST_FOREIGN, [organisation, credentials, userId])).map(({ id }) => id),
    async replaceLinks(organisation, dataSource, credentials) {
      await connection.query(REPLACE, [organisation, dataSource, credentials])
    },
  }
}
