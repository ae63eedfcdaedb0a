import type { HttpCall, HttpCore } from './http-core.ts'

/** One page of a list, as a table shows it. */
export interface Page<T> {
  readonly items: readonly T[]
  /** How many there are on all pages. */
  readonly total: number
}

/** Which page, in which order, of which entries. What a list can be sorted and searched by is its own. */
export interface PageRequest {
  /** From 1 on. */
  readonly page: number
  readonly pageSize: number
  readonly sort?: string | undefined
  readonly descending?: boolean | undefined
  /** What each of these fields must contain, whatever the case. */
  readonly search?: Readonly<Record<string, string>> | undefined
  /** What each of these fields must be. */
  readonly filter?: Readonly<Record<string, string>> | undefined
  readonly signal?: AbortSignal | undefined
}

interface TeamsPage<T> {
  readonly totalResults: number
  readonly DTOs: readonly T[]
}

/** A page of a list of the teams interface. */
export async function getPage<T>(http: HttpCore, path: string, request: PageRequest): Promise<Page<T>> {
  const { page, pageSize, sort, descending, search = {}, filter, signal } = request
  const query: HttpCall['query'] = {
    ...filter,
    pageNumber: String(page),
    pageSize: String(pageSize),
    sortColumn: sort,
    sortAscending: descending === undefined ? undefined : String(!descending),
    searchKeyList: Object.keys(search),
    searchValueList: Object.values(search),
  }
  const answer = await http.json<TeamsPage<T>>({ method: 'GET', path, query, ...(signal && { signal }) })
  return { items: answer.DTOs, total: answer.totalResults }
}

/** Where a list of the admin interface is, and what its pages call their entries. */
export interface NumberedPages {
  readonly path: string
  readonly member: string
}

/** A page of a list of the admin interface; its search is one text, under `search`. */
export async function getNumberedPage<T>(
  http: HttpCore,
  { path, member }: NumberedPages,
  request: PageRequest,
): Promise<Page<T>> {
  const { page, pageSize, sort, descending, search, filter, signal } = request
  const query: HttpCall['query'] = {
    ...filter,
    ...search,
    page: String(page),
    page_size: String(pageSize),
    sort,
    descending: descending === undefined ? undefined : String(descending),
  }
  const answer = await http.json<Record<string, unknown>>({ method: 'GET', path, query, ...(signal && { signal }) })
  return { items: answer[member] as readonly T[], total: answer['total'] as number }
}
