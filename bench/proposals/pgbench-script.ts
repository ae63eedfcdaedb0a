import type { RecordedStatement } from '../harness/recorded-connection.ts'

/** SQL expressions, with pgbench's `:variables`, for values that differ from transaction to transaction. */
export type Substitutes = ReadonlyMap<unknown, string>

/**
 * A pgbench script that runs recorded statements in one transaction, word for word but for their parameters. The first of
 * them takes the organisation's turn: its `head` becomes the variable `:revision` of those after it.
 */
export function pgbenchScript(statements: readonly RecordedStatement[], substitutes: Substitutes): string {
  const [takeTurn, ...rest] = statements.map((each) => inline(each, substitutes))
  return [
    '\\set user random(1, 100000)',
    '\\set team random(1, 1000)',
    'begin isolation level read committed;',
    `${takeTurn} \\gset`,
    '\\set revision :head + 1',
    ...rest.map((sql) => `${sql};`),
    'commit;',
  ].join('\n')
}

function inline({ statement, values }: RecordedStatement, substitutes: Substitutes): string {
  const text = statement.text.replaceAll(/^\s*--.*$/gm, '')
  return text.replaceAll(/\$(\d+)/g, (_, position) => expressionOf(values[Number(position) - 1], substitutes)).trim()
}

function expressionOf(value: unknown, substitutes: Substitutes): string {
  const substitute = substitutes.get(value)
  if (substitute !== undefined) return substitute
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return `array[${value.map((item) => expressionOf(item, substitutes)).join(', ')}]`
  if (value instanceof Date) return 'now()'
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return quote(String(value))
}

/** pgbench looks for its variables inside quotes, too: `":1"` of a JSON text must not be one. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "''").replaceAll(/:(?=\w)/g, ': ')}'`
}
