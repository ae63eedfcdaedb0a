import type { PageRequest } from '../../apps/server/src/kernel/page.ts'

export interface ListShape {
  readonly what: string
  readonly request: PageRequest
  /** The same as a query string of the teams interface. */
  readonly query: string
}

const PAGE_SIZE = 20

interface Wanted {
  readonly pageNumber?: number
  readonly sort?: string
  /** What the username must contain. */
  readonly search?: string
}

function page(what: string, { pageNumber = 1, sort = 'username', search }: Wanted): ListShape {
  const filter = search === undefined ? '' : `&searchKeyList=username&searchValueList=${search}`
  return {
    what,
    request: {
      pageNumber,
      pageSize: PAGE_SIZE,
      sort: { field: sort, ascending: true },
      search: search === undefined ? [] : [{ field: 'username', text: search }],
    },
    query: `pageSize=${PAGE_SIZE}&pageNumber=${pageNumber}&sortColumn=${sort}${filter}`,
  }
}

/** What a console shows of the members of a large team. */
export const LIST_SHAPES: readonly [ListShape, ...ListShape[]] = [
  page('first page, by username', {}),
  page('page 250, by username', { pageNumber: 250 }),
  page('page 500, by username', { pageNumber: 500 }),
  page('first page, by email', { sort: 'email' }),
  page('first page, username contains "77"', { search: '77' }),
]
