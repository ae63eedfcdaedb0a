import type { HttpCall, HttpCore } from './http-core.ts'
import type { PageRequest } from './page.ts'

/** What every list of data sources, groups or login credentials says of itself. */
interface EntryList {
  readonly metadata_: { readonly totalCount: number }
}

/** One page of such a list, by name; its search is words, under `q`. */
export function getEntryList<Lists extends object>(
  http: HttpCore,
  path: string,
  { page, pageSize, search, filter, signal }: PageRequest,
): Promise<Lists & EntryList> {
  const query: HttpCall['query'] = {
    ...filter,
    ...search,
    limit: String(pageSize),
    offset: String((page - 1) * pageSize),
  }
  return http.json({ method: 'GET', path, query, ...(signal && { signal }) })
}
