import type { ListQuery } from '@portreeve/contract'
import type { Static } from 'typebox'
import type { HttpCore } from './http-core.ts'

type Query = Static<typeof ListQuery>

/** How to walk a list; every page of it is fetched as it is reached. */
export interface ListOptions extends Pick<Query, 'queryEnforced' | 'sortColumn' | 'sortAscending'> {
  /** Entries a request; as many as the server allows when absent. */
  readonly pageSize?: number
  /** What each of these fields must contain, whatever the case. */
  readonly search?: Readonly<Record<string, string>>
}

interface Page<T> {
  readonly totalPages: number
  readonly DTOs: readonly T[]
}

const LARGEST_PAGE = 1000

/**
 * All entries of a list, page after page.
 *
 * NOTE: pages are numbered, so an entry can be missed or met twice when the list changes in between.
 */
export async function* listAll<T>(http: HttpCore, path: string, options: ListOptions = {}): AsyncGenerator<T, void> {
  const query = toQuery(options)
  for (let pageNumber = 1, totalPages = 1; pageNumber <= totalPages; pageNumber++) {
    const page = await http.json<Page<T>>({ method: 'GET', path, query: { ...query, pageNumber: String(pageNumber) } })
    totalPages = page.totalPages
    yield* page.DTOs
  }
}

function toQuery({ queryEnforced, sortColumn, sortAscending, pageSize = LARGEST_PAGE, search = {} }: ListOptions) {
  return {
    pageSize: String(pageSize),
    queryEnforced: queryEnforced === undefined ? undefined : String(queryEnforced),
    sortColumn,
    sortAscending: sortAscending === undefined ? undefined : String(sortAscending),
    searchKeyList: Object.keys(search),
    searchValueList: Object.values(search),
  }
}
