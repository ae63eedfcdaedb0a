import type { Connection, Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { AuthzFile, EnforcementStore, Publication, StaleRepository, StaleState } from './enforcement-store.ts'
import { readRights } from './rights.sql.ts'

// Class 8470 of advisory locks is ours: publication.
const LOCK = statement('enforcement.lock', 'select pg_advisory_xact_lock(8470, $1::int)')

const HEAD = statement<{ head: number }>(
  'enforcement.head',
  'select head from organisation_model where organisation_id = $1',
)

const STALE = statement<StaleRepository>(
  'enforcement.stale',
  `select repository.id, repository.name, authz_file.etag
   from repository left join authz_file on authz_file.repository_id = repository.id
   where repository.organisation_id = $1 and repository.touched_revision > repository.published_revision
   limit $2`,
)

const STALE_ORGANISATIONS = statement<{ organisation: number }>(
  'enforcement.stale-organisations',
  `select organisation_id as organisation from organisation_model where enforced < head
   union
   select organisation_id from repository where touched_revision > published_revision`,
)

// First of all, as a proposal does: whoever locked repositories before this row would wait for a turn that waits for them.
const TAKE_TURN = statement(
  'enforcement.take-turn',
  'select from organisation_model where organisation_id = $1 for update',
)

const SAVE_FILES = statement(
  'enforcement.save-files',
  `insert into authz_file (repository_id, revision, etag, content)
   select id, $1, etag, content from unnest($2::uuid[], $3::text[], $4::text[]) as t (id, etag, content)
   on conflict (repository_id) do update
     set revision = excluded.revision, etag = excluded.etag, content = excluded.content`,
)

const MARK_PUBLISHED = statement(
  'enforcement.mark-published',
  'update repository set published_revision = $1 where id = any($2::uuid[]) and published_revision < $1',
)

// Where no file waits any more, revisions made meanwhile that touched none are enforced as well.
const MOVE_ENFORCED = statement(
  'enforcement.move-enforced',
  `update organisation_model set enforced = case
     when exists (select from repository where organisation_id = $1 and touched_revision > published_revision)
     then greatest(enforced, $2) else head end
   where organisation_id = $1`,
)

const FILE = `file.repository_id as "repositoryId", repository.name as "repositoryName", file.etag, file.content`

const LIST_PUBLISHED = statement<AuthzFile>(
  'enforcement.list-published',
  `select ${FILE} from authz_file file join repository on repository.id = file.repository_id
   where file.repository_id > $1 order by file.repository_id limit $2`,
)

const FIND_PUBLISHED = statement<AuthzFile>(
  'enforcement.find-published',
  `select ${FILE} from authz_file file join repository on repository.id = file.repository_id
   where file.repository_id = $2 and repository.organisation_id = $1`,
)

/** What is published and what has to be, in the tables `repository`, `authz_file` and `organisation_model`. */
export function sqlEnforcementStore(database: Database): EnforcementStore {
  return {
    withPublicationLock: (organisation, work) =>
      database.transaction(async (tx) => {
        await tx.query(LOCK, [organisation])
        return await work()
      }),
    // Its own transaction, begun under the lock: a snapshot taken while waiting for the lock would be an old one.
    readStale: (organisation, limit) =>
      database.transaction((tx) => readStale(tx, organisation, limit), { isolation: 'repeatable read' }),
    savePublication: (publication) => database.transaction((tx) => savePublication(tx, publication)),
    listStaleOrganisations: async () => (await database.query(STALE_ORGANISATIONS)).map((row) => row.organisation),
    listPublished: (afterId, limit) => database.query(LIST_PUBLISHED, [afterId, limit]),
    findPublished: async (organisation, id) => (await database.query(FIND_PUBLISHED, [organisation, id]))[0],
  }
}

async function readStale(tx: Connection, organisation: number, limit: number): Promise<StaleState> {
  const [[row], stale] = await Promise.all([tx.query(HEAD, [organisation]), tx.query(STALE, [organisation, limit + 1])])
  const repositories = stale.slice(0, limit)
  const rights = await readRights(
    tx,
    organisation,
    repositories.map(({ id }) => id),
  )
  return {
    revision: row?.head ?? 0,
    isPartial: stale.length > limit,
    repositories: repositories.map((repository) => ({
      ...repository,
      rights: rights.get(repository.id) ?? { statements: [], disabled: [] },
    })),
  }
}

async function savePublication(tx: Connection, publication: Publication): Promise<void> {
  const { organisation, revision, changed, repositoryIds, isComplete } = publication
  // One after the other on the connection, without waiting for each.
  await Promise.all([
    tx.query(TAKE_TURN, [organisation]),
    changed.length > 0 &&
      tx.query(SAVE_FILES, [
        revision,
        changed.map((file) => file.repositoryId),
        changed.map((file) => file.etag),
        changed.map((file) => file.content),
      ]),
    repositoryIds.length > 0 && tx.query(MARK_PUBLISHED, [revision, repositoryIds]),
    isComplete && tx.query(MOVE_ENFORCED, [organisation, revision]),
  ])
}
