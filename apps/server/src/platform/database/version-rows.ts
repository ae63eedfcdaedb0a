/** The `until` of a version row that still holds: the largest bigint (docs/decisions/0003-versioned-model.md). */
export const STILL = '9223372036854775807'

export interface VersionRows {
  readonly table: string
  readonly columns: string
  /** Condition that an index leads with, over `$1` … `$n`. */
  readonly scope: string
}

/** The rows that hold at the head: a partial index knows them alone, so the history costs nothing. */
export function rowsAtHead({ table, columns, scope }: VersionRows): string {
  return `select ${columns} from ${table} where ${scope} and until = ${STILL}`
}

/**
 * The rows that held at the revision in parameter `revision` (`$2`), in two parts: those of the head made by then, and the
 * few closed since. Each is a range of an index; as one condition with OR they would be a scan of the table.
 */
export function rowsAtRevision({ table, columns, scope }: VersionRows, revision: string): readonly [string, string] {
  const made = `select ${columns} from ${table} where ${scope} and since <= ${revision}`
  return [`${made} and until = ${STILL}`, `${made} and until < ${STILL} and until > ${revision}`]
}
