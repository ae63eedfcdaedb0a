/** The `until` of a version row that still holds: the largest bigint (docs/decisions/0003-versioned-model.md). */
export const STILL = '9223372036854775807'

export interface VersionRows {
  readonly table: string
  readonly columns: string
  /** Condition that an index leads with, over `$1` … `$n`. */
  readonly scope: string
  /** What takes a row out where it holds at the same time: rows of a table, called `other`, that `on` is true of. */
  readonly without?: { readonly table: string; readonly on: string }
}

/** The rows that hold at the head: a partial index knows them alone, so the history costs nothing. */
export function rowsAtHead({ table, columns, scope, without }: VersionRows): string {
  return `select ${columns} from ${table} where ${scope} and until = ${STILL}${absent(without, holdsAtHead)}`
}

/**
 * The rows that held at the revision in parameter `revision` (`$2`), in two parts: those of the head made by then, and the
 * few closed since. Each is a range of an index; as one condition with OR they would be a scan of the table.
 */
export function rowsAtRevision(
  { table, columns, scope, without }: VersionRows,
  revision: string,
): readonly [string, string] {
  const lacking = absent(without, (alias) => holdsAtRevision(alias, revision))
  const made = `select ${columns} from ${table} where ${scope} and since <= ${revision}${lacking}`
  return [`${made} and until = ${STILL}`, `${made} and until < ${STILL} and until > ${revision}`]
}

/** The condition that a version row found by its own id is the one of the head. */
export function holdsAtHead(alias: string): string {
  return `${alias}.until = ${STILL}`
}

/** The condition that a version row found by its own id is the one of the revision in parameter `revision`. */
export function holdsAtRevision(alias: string, revision: string): string {
  return `${alias}.since <= ${revision} and ${alias}.until > ${revision}`
}

function absent(without: VersionRows['without'], holds: (alias: string) => string): string {
  if (!without) return ''
  return ` and not exists (select from ${without.table} other where ${without.on} and ${holds('other')})`
}
