import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { type FileIndexStore, type IndexedFile, toFileIndex } from './file-index.ts'

type Row = IndexedFile & { readonly organisation: number }

const LIST = statement<Row>(
  'enforcement.list-files',
  `select repository.organisation_id as organisation, repository.id as "repositoryId", repository.name, file.etag as sha256
   from repository join authz_file file on file.repository_id = repository.id
   where repository.organisation_id = any($1::int[])
   order by repository.organisation_id, repository.name`,
)

/** The files in `authz_file`, without their texts. */
export function sqlFileIndexStore(connection: Connection): FileIndexStore {
  return {
    async readFileIndexes(organisations) {
      const rows = await connection.query(LIST, [organisations])
      const files = Map.groupBy(rows, ({ organisation }) => organisation)
      return new Map(
        Array.from(files, ([organisation, ofIt]) => [
          organisation,
          toFileIndex(ofIt.map(({ repositoryId, name, sha256 }) => ({ repositoryId, name, sha256 }))),
        ]),
      )
    },
  }
}
