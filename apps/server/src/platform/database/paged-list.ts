import { LRUCache } from 'lru-cache'
import type { Page, PageRequest } from '../../kernel/page.ts'
import { containsPattern, containsSql } from './contains-pattern.ts'
import type { Connection, Statement } from './database.ts'

/** A list that is answered page by page. Fields have the names the API gives them. */
export interface ListSource<Row> {
  /** Short and unique: names the prepared statements. */
  readonly name: string
  /**
   * A query for the entries, as narrow as may be, over the scope's values `$1` … `$n`; or several, which have no entry in
   * common, each with an index of its own to read its first entries from.
   */
  readonly base: string | readonly string[]
  /** Fields that `base` answers, as its columns. Sorting and searching by these alone reads `base` only. */
  readonly own: Readonly<Record<string, string>>
  /** What turns an entry of `base` into a row, for the page's entries alone where possible: `join … on … = base.…`. */
  readonly join?: string
  /** Fields that only the joined rows know. */
  readonly joined?: Readonly<Record<string, string>>
  /** What fields are sorted by that are not sorted as they are. */
  readonly sortedBy?: Readonly<Record<string, string>>
  /** Select list of a row. */
  readonly select: string
  /** Column of `base` that makes every order a total one. */
  readonly tieBreak: string
  /** True when its best plan depends on the values too much for one plan to do: then nothing of it is prepared. */
  readonly isPlannedEachTime?: boolean
  /** Only for the type checker: the shape of a row. */
  readonly row?: Row
}

export interface ListQuery {
  readonly scope: readonly unknown[]
  readonly request: PageRequest
  /**
   * Names the state of the data, if one can be named: a total counted once for it holds for good. Counting 10,000
   * entries costs more than fetching a page of them.
   */
  readonly version?: string
}

const CACHED_TOTALS = 10_000
// Prepared by name only while the shapes are few: a caller must not be able to fill the server with statements.
const NAMED_SEARCHES = 1

/** Answers pages of lists: one query for the page, at most one for the total. */
export class PagedLists {
  readonly #connection: Connection
  readonly #totals = new LRUCache<string, number>({ max: CACHED_TOTALS })
  readonly #shapes = new LRUCache<string, Shape>({ max: 1000 })

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async page<Row>(source: ListSource<Row>, query: ListQuery): Promise<Page<Row>> {
    const { request, scope } = query
    const shape = this.#shapeOf(source, scope.length, request)
    const searched = request.search.map(({ text }) => containsPattern(text))
    const offset = (request.pageNumber - 1) * request.pageSize
    const [items, total] = await Promise.all([
      this.#connection.query(shape.page as Statement<Row>, [...scope, ...searched, request.pageSize, offset]),
      this.#total(shape, source.name, { ...query, searched }),
    ])
    return { items, total }
  }

  async #total(shape: Shape, list: string, query: ListQuery & { searched: readonly string[] }): Promise<number> {
    const values = [...query.scope, ...query.searched]
    const fields = query.request.search.map(({ field }) => field)
    const key = query.version && JSON.stringify([query.version, list, fields, values])
    const known = key ? this.#totals.get(key) : undefined
    if (known !== undefined) return known
    const [row] = await this.#connection.query(shape.total, values)
    const total = row?.total ?? 0
    if (key) this.#totals.set(key, total)
    return total
  }

  #shapeOf(source: ListSource<unknown>, scoped: number, request: PageRequest): Shape {
    const { field, ascending } = request.sort
    const searched = request.search.map((each) => each.field)
    const name = [source.name, field, ascending ? 'up' : 'down', ...searched].join('.')
    const known = this.#shapes.get(name)
    if (known) return known
    const named = searched.length <= NAMED_SEARCHES && source.isPlannedEachTime !== true
    const shape = compileShape(source, scoped, request)
    const made: Shape = {
      page: { name: named ? `${name}.page` : '', text: shape.page },
      total: { name: named ? `${[source.name, ...searched].join('.')}.total` : '', text: shape.total },
    }
    this.#shapes.set(name, made)
    return made
  }
}

interface Shape {
  readonly page: Statement<unknown>
  readonly total: Statement<{ total: number }>
}

/** The SQL of a page and of the total. Names of fields come from `source`, never from the caller. */
function compileShape(
  source: ListSource<unknown>,
  scoped: number,
  { sort, search }: Pick<PageRequest, 'sort' | 'search'>,
): { page: string; total: string } {
  const fields = { ...source.own, ...source.joined }
  const column = (field: string): string => {
    const found = fields[field]
    if (found === undefined) throw new RangeError(`The list ${source.name} has no field ${field}.`)
    return found
  }
  const needsJoin = (field: string): boolean => !(field in source.own)
  const matches = search.map(({ field }, index) => containsSql(column(field), `$${scoped + index + 1}`))
  const where = matches.length > 0 ? `where ${matches.join(' and ')}` : ''
  const direction = sort.ascending ? 'asc' : 'desc'
  const order = `order by ${source.sortedBy?.[sort.field] ?? column(sort.field)} ${direction}, base.${source.tieBreak} ${direction}`
  const limits = `limit $${scoped + search.length + 1} offset $${scoped + search.length + 2}`
  const join = source.join ?? ''
  const searchJoin = search.some(({ field }) => needsJoin(field)) ? join : ''
  const parts = typeof source.base === 'string' ? [source.base] : source.base
  const all = parts.join(' union all ')
  const total = `select count(*) as total from (${all}) base ${searchJoin} ${where}`
  if (needsJoin(sort.field) || searchJoin !== '') {
    return { total, page: `select ${source.select} from (${all}) base ${join} ${where} ${order} ${limits}` }
  }
  const upToPage = `limit $${scoped + search.length + 1}::bigint + $${scoped + search.length + 2}::bigint`
  const firsts = parts.map((part) => `(select * from (${part}) base ${where} ${order} ${upToPage})`)
  const entries =
    parts.length === 1
      ? `select * from (${all}) base ${where} ${order} ${limits}`
      : `select * from (${firsts.join(' union all ')}) base ${order} ${limits}`
  return { total, page: `select ${source.select} from (${entries}) base ${join} ${order}` }
}
