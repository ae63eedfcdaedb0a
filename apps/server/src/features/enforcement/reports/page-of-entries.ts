import type { Page, PageRequest } from '../../../kernel/page.ts'

/** A page of entries that are all at hand, in the order they have where the sort field does not tell them apart. */
export function pageOfEntries<T>(
  entries: readonly T[],
  { search, sort, pageNumber, pageSize }: PageRequest,
  textOf: (entry: T, field: string) => string,
): Page<T> {
  const wanted = search.map(({ field, text }) => ({ field, text: text.toLowerCase() }))
  const matching = entries.filter((entry) =>
    wanted.every(({ field, text }) => textOf(entry, field).toLowerCase().includes(text)),
  )
  const direction = sort.ascending ? 1 : -1
  const sorted = matching.toSorted((a, b) => direction * compare(textOf(a, sort.field), textOf(b, sort.field)))
  const start = (pageNumber - 1) * pageSize
  return { items: sorted.slice(start, start + pageSize), total: matching.length }
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
