/** A LIKE pattern for "contains this text". */
export function containsPattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}

/** A condition: the column has the pattern (`$2`) in it, whatever the case, in any script (see migration 0023). */
export function containsSql(column: string, pattern: string): string {
  return `lower(${column}::text collate search_fold) like lower(${pattern}::text collate search_fold)`
}
