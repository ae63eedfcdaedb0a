import type { Statement } from './database.ts'

/** PostgreSQL cuts longer names (NAMEDATALEN - 1), and two that differ only beyond it would become one. */
const MAX_NAME_BYTES = 63

const registry = new Map<string, Statement<unknown>>()

/**
 * Declares a statement that is prepared once per connection and run by its name, whose rows look like `Row`.
 * Call it once, where the module is loaded: the registry is what the schema test prepares.
 */
export function statement<Row = never>(
  name: string,
  text: string,
  options: Pick<Statement<Row>, 'isPlannedEachTime'> = {},
): Statement<Row> {
  const bytes = Buffer.byteLength(name)
  if (bytes === 0 || bytes > MAX_NAME_BYTES) {
    throw new RangeError(`The statement name "${name}" has ${bytes} bytes; PostgreSQL takes 1 to ${MAX_NAME_BYTES}.`)
  }
  const known = registry.get(name)
  if (known !== undefined && known.text !== text) {
    throw new Error(`Two different statements are named "${name}".`)
  }
  const declared: Statement<Row> = known ?? Object.freeze({ name, text, ...options })
  registry.set(name, declared)
  return declared
}

/** Every statement declared by the modules loaded so far. */
export function listStatements(): readonly Statement<unknown>[] {
  return [...registry.values()]
}
