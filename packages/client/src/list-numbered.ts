import type { HttpCall, HttpCore } from './http-core.ts'

export interface NumberedList {
  readonly path: string
  /** What a page calls its entries. */
  readonly member: string
  readonly query?: HttpCall['query']
  /** Entries a request; as many as the server allows when absent. */
  readonly pageSize?: number | undefined
}

const LARGEST_PAGE = 1000

/**
 * All entries of a list of the admin interface, page after page.
 *
 * NOTE: pages are numbered, so an entry can be missed or met twice when the list changes in between.
 */
export async function* listNumbered<T>(
  http: HttpCore,
  { path, member, query, pageSize = LARGEST_PAGE }: NumberedList,
): AsyncGenerator<T, void> {
  for (let page = 1, total = 1; (page - 1) * pageSize < total; page++) {
    const numbers = { page: String(page), page_size: String(pageSize) }
    const answer = await http.json<Record<string, unknown>>({ method: 'GET', path, query: { ...query, ...numbers } })
    total = answer['total'] as number
    yield* answer[member] as readonly T[]
  }
}
