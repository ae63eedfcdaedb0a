import type { ModelPosition } from '../../../kernel/model-state.ts'
import type { Connection, Database } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { readChanges } from './model-changes.sql.ts'
import { readFacts } from './model-facts.sql.ts'
import { type ModelSource, type ReadAt, revisionOf } from './model-source.ts'

type PositionRow = ModelPosition & { readonly organisation: number }

interface ReadAtRow extends ModelPosition {
  readonly organisationEnabled: boolean
  readonly unseenFrom: string
  /** The log tells of changes after this revision. */
  readonly knownFrom: number
}

const READ_AT = statement<ReadAtRow>(
  'decisions.read-at',
  `select model.head, model.enforced, model.lineage, model.changes_known_from as "knownFrom",
          organisation.enabled as "organisationEnabled", pg_snapshot_xmin(pg_current_snapshot())::text as "unseenFrom"
   from organisation_model model join organisation on organisation.id = model.organisation_id
   where model.organisation_id = $1`,
)
const POSITIONS = statement<PositionRow>(
  'decisions.positions',
  `select organisation_id as organisation, head, enforced, lineage from organisation_model where organisation_id = any($1::int[])`,
)

/** Reads each model in one snapshot, whatever is being changed meanwhile. */
export function sqlModelSource(database: Database): ModelSource {
  const inSnapshot = <T>(organisation: number, read: (tx: Connection, at: ReadAtRow) => Promise<T>) =>
    database.transaction(
      async (tx) => {
        const [row] = await tx.query(READ_AT, [organisation])
        if (!row) throw new Error(`Organisation ${organisation} has no model.`)
        return await read(tx, row)
      },
      { isolation: 'repeatable read' },
    )
  return {
    readFacts: (organisation, state) =>
      inSnapshot(organisation, async (tx, at) => {
        const revision = revisionOf(at, state)
        return { at, facts: await readFacts(tx, organisation, revision === at.head ? undefined : revision) }
      }),
    readChanges: (organisation, state, before) =>
      inSnapshot(organisation, async (tx, at) => {
        const from = revisionOf(before, state)
        if (!isContinued(before, at) || from < at.knownFrom) return undefined
        const span = { organisation, from, to: revisionOf(at, state), unseenFrom: before.unseenFrom }
        return { at, changes: await readChanges(tx, span) }
      }),
    async readPositions(organisations) {
      const rows = await database.query(POSITIONS, [organisations])
      return new Map(rows.map(({ organisation, ...position }) => [organisation, position]))
    },
  }
}

/** False when the database was put back to an earlier state, or is another one. */
function isContinued(before: ReadAt, at: ReadAt): boolean {
  return before.lineage === at.lineage && before.head <= at.head && before.enforced <= at.enforced
}
