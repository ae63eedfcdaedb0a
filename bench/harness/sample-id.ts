/** What sample rows there are, each with the first part of its ids. */
const PREFIXES = {
  user: 'a',
  team: 'b',
  rule: 'c',
  repository: 'd',
  resource: 'e',
  permission: 'f',
  task: '7',
} as const

export type SampleKind = keyof typeof PREFIXES

/** The id of the `n`th sample of a kind. */
export function sampleId(kind: SampleKind, n: number): string {
  return prefixOf(kind) + n.toString(16).padStart(12, '0')
}

/** The same as an SQL expression of type uuid over a number. */
export function sampleIdSql(kind: SampleKind, n: string): string {
  return `('${prefixOf(kind)}' || lpad(to_hex((${n})::bigint), 12, '0'))::uuid`
}

function prefixOf(kind: SampleKind): string {
  return `0000000${PREFIXES[kind]}-0000-4000-8000-`
}
