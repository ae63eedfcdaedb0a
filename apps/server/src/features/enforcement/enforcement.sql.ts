import type { Connection, Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type {
  AuthzFile,
  EnforcementStore,
  Publication,
  PublishedFile,
  StaleRepository,
  StaleState,
} from './enforcement-store.ts'
import { readRights } from './rights.sql.ts'

// Class 8470 of advisory locks is ours: publication.
const LOCK = statement('enforcement.lock', 'select pg_advisory_xact_lock(8470, $1::int)')

const POSITION = statement<{ head: number; target: number; enforced: number }>(
  'enforcement.position',
  'select head, target, enforced from organisation_model where organisation_id = $1',
)

const STALE = statement<StaleRepository>(
  'enforcement.stale',
  `select repository.id, repository.name, repository.due_edition as edition, authz_file.etag
   from repository left join authz_file on authz_file.repository_id = repository.id
   where repository.organisation_id = $1 and repository.due_edition > repository.published_edition
   limit $2`,
)

const STALE_ORGANISATIONS = statement<{ organisation: number }>(
  'enforcement.stale-organisations',
  `select organisation_id as organisation from organisation_model where enforced < target
   union
   select organisation_id from repository where due_edition > published_edition`,
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
  `update repository set published_edition = edition
   from unnest($1::uuid[], $2::bigint[]) as published (id, edition)
   where repository.id = published.id and published_edition < edition`,
)

// Where no file waits any more, revisions made meanwhile that touched none are enforced as well.
const MOVE_ENFORCED = statement(
  'enforcement.move-enforced',
  `update organisation_model set enforced = case
     when exists (select from repository where organisation_id = $1 and due_edition > published_edition)
     then greatest(enforced, $2) else target end
   where organisation_id = $1`,
)

const FILE = `file.repository_id as "repositoryId", repository.name as "repositoryName", file.etag, file.content`

const LIST_PUBLISHED = statement<PublishedFile>(
  'enforcement.list-published',
  `select repository.organisation_id as organisation, ${FILE} from authz_file file join repository on repository.id = file.repository_id
   where file.repository_id > $1 order by file.repository_id limit $2`,
)

const FIND_PUBLISHED = statement<AuthzFile>(
  'enforcement.find-published',
  `select ${FILE} from authz_file file join repository on repository.id = file.repository_id
   where file.repository_id = any($2::uuid[]) and repository.organisation_id = $1`,
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
    findPublished: (organisation, ids) => database.query(FIND_PUBLISHED, [organisation, ids]),
  }
}

async function readStale(tx: Connection, organisation: number, limit: number): Promise<StaleState> {
  const [[position], stale] = await Promise.all([
    tx.query(POSITION, [organisation]),
    tx.query(STALE, [organisation, limit + 1]),
  ])
  if (!position) throw new Error(`Organisation ${organisation} has no model.`)
  const { head, target, enforced } = position
  const repositories = stale.slice(0, limit)
  const rights = await readRights(
    tx,
    { organisation, state: target === head ? 'head' : { revision: target } },
    repositories.map(({ id }) => id),
  )
  return {
    revision: target,
    isEnforced: enforced === target,
    isPartial: stale.length > limit,
    repositories: repositories.map((repository) => ({
      ...repository,
      rights: rights.get(repository.id) ?? { statements: [], disabled: [] },
    })),
  }
}

async function savePublication(tx: Connection, publication: Publication): Promise<void> {
  const { organisation, revision, changed, repositories, isComplete } = publication
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
    repositories.length > 0 &&
      tx.query(MARK_PUBLISHED, [repositories.map(({ id }) => id), repositories.map(({ edition }) => edition)]),
    isComplete && tx.query(MOVE_ENFORCED, [organisation, revision]),
  ])
}
