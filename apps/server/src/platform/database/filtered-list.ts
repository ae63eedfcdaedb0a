import type { Page } from '../../kernel/page.ts'
import { containsPattern } from './contains-pattern.ts'
import type { Connection, Statement } from './database.ts'
import { statement } from './statement.ts'

/** What a caller narrows a list by, and which part of it they want. */
export interface ListFilter {
  readonly offset: number
  readonly limit: number
  /** In lower case; each must be somewhere in the column `search_text`. */
  readonly words: readonly string[]
  /** What the column `name_key` begins with. */
  readonly firstLetter?: string | undefined
}

/**
 * A list of rows of a table with the columns `id`, `organisation_id`, `name_key` (sorted "C", unique in the organisation) and
 * `search_text`.
 */
export interface FilteredSource {
  /** Short and unique: names the prepared statements. */
  readonly name: string
  readonly table: string
  /** How many values there are for `select` and the rest to use: `$1`, which is the organisation, to `$n`. */
  readonly scoped: number
  /** Select list of a row, of the table as `base`; must have `id`. Run for the entries of the page alone. */
  readonly select: string
  /** Columns that the list can be narrowed by. */
  readonly narrowedBy?: readonly string[]
  /** True when its best plan depends on the values of the scope too much for one plan to do. */
  readonly isPlannedEachTime?: boolean
}

export interface FilteredQuery {
  readonly scope: readonly unknown[]
  readonly filter: ListFilter
  /** By column: the value it must have, null for none at all. */
  readonly only?: Readonly<Record<string, number | null>> | undefined
}

type Narrowing = 'any' | 'none' | 'one'

/** How many words at the most have an index to themselves. */
const MOST_INDEXED_WORDS = 3

interface Shape {
  /** How many words have an index to themselves: all of them, up to that number. */
  readonly words: number
  readonly firstLetter: boolean
  readonly narrowings: readonly Narrowing[]
}

/** Answers a list by name: one statement for the page and its total together, whatever it is narrowed by. */
export class FilteredList<Row extends { readonly id: number }> {
  readonly #source: FilteredSource
  // One for each way of narrowing, so that each is planned for its own index.
  readonly #statements = new Map<string, Statement<Row & { readonly total: number }>>()

  /** Call it where the module is loaded: statements are declared once. */
  constructor(source: FilteredSource) {
    this.#source = source
    for (const shape of shapesOf(source)) {
      const key = keyOf(shape)
      // Which index is best depends on how many have the word, and how many the value.
      const isNarrowed = shape.narrowings.some((narrowing) => narrowing !== 'any')
      const options = { isPlannedEachTime: source.isPlannedEachTime === true || (shape.words > 0 && isNarrowed) }
      this.#statements.set(key, statement(`${source.name}.${key}`, compileShape(source, shape), options))
    }
  }

  async page(connection: Connection, query: FilteredQuery): Promise<Page<Row>> {
    const { scope, filter, only = {} } = query
    const narrowed = (this.#source.narrowedBy ?? []).map((column) => only[column])
    const shape: Shape = {
      words: Math.min(filter.words.length, MOST_INDEXED_WORDS),
      firstLetter: filter.firstLetter !== undefined,
      narrowings: narrowed.map(narrowingTo),
    }
    const found = this.#statements.get(keyOf(shape))
    if (!found) throw new RangeError(`The list ${this.#source.name} cannot be narrowed by ${keyOf(shape)}.`)
    const values = [
      ...scope,
      filter.limit,
      filter.offset,
      ...narrowed.filter((value) => typeof value === 'number'),
      ...(filter.firstLetter === undefined ? [] : [filter.firstLetter]),
      ...wordValues(filter.words),
    ]
    const rows = await connection.query(found, values)
    // A page beyond the end is one row with the total and nothing else.
    return { total: rows[0]?.total ?? 0, items: rows.filter(({ id }) => id !== null) }
  }
}

function shapesOf({ narrowedBy = [] }: FilteredSource): readonly Shape[] {
  const none: readonly (readonly Narrowing[])[] = [[]]
  const all = narrowedBy.reduce(
    (shapes) => shapes.flatMap((shape) => (['any', 'none', 'one'] as const).map((each) => [...shape, each])),
    none,
  )
  return all.flatMap((narrowings) =>
    Array.from({ length: MOST_INDEXED_WORDS + 1 }, (_, words) => words).flatMap((words) =>
      [false, true].map((firstLetter) => ({ words, firstLetter, narrowings })),
    ),
  )
}

function narrowingTo(value: number | null | undefined): Narrowing {
  if (value === undefined) return 'any'
  return value === null ? 'none' : 'one'
}

function keyOf({ words, firstLetter, narrowings }: Shape): string {
  return [words === 0 ? 'all' : `words${words}`, firstLetter ? 'letter' : 'every', ...narrowings].join('-')
}

/** Values follow those of the scope: limit, offset, one for each column narrowed to a value, the letter, and those of the words. */
function compileShape({ table, scoped, select, narrowedBy = [] }: FilteredSource, shape: Shape): string {
  let last = scoped + 2
  const next = () => `$${++last}`
  const conditions = ['base.organisation_id = $1']
  for (const [index, narrowing] of shape.narrowings.entries()) {
    const column = `base.${narrowedBy[index]}`
    if (narrowing !== 'any') conditions.push(narrowing === 'none' ? `${column} is null` : `${column} = ${next()}::int`)
  }
  if (shape.firstLetter) {
    const letter = `${next()}::text`
    // A range, which the index of the names has, in place of LIKE, which needs its pattern when it is planned.
    conditions.push(`base.name_key >= ${letter} and base.name_key < ${letter} || U&'\\+10FFFF'`)
  }
  // Each by itself: the trigram index cannot answer "like all".
  for (let word = 0; word < shape.words; word += 1) conditions.push(`base.search_text like ${next()}`)
  if (shape.words === MOST_INDEXED_WORDS) conditions.push(`base.search_text like all (${next()}::text[])`)
  const matching = `from ${table} base where ${conditions.join(' and ')}`
  // By a column that is null in all of them, too: else the index on that column and the name is not seen to be in order.
  const nulls = shape.narrowings.map((narrowing, index) => (narrowing === 'none' ? `base.${narrowedBy[index]}, ` : ''))
  return `select counted.total, listed.* from (select count(*)::int as total ${matching}) counted
    left join (
      select base.name_key, ${select} from (
        select base.* ${matching} order by ${nulls.join('')}base.name_key limit $${scoped + 1} offset $${scoped + 2}
      ) base
    ) listed on true
    order by listed.name_key`
}

/** The longest first: they are in the fewest texts. */
function wordValues(words: readonly string[]): readonly unknown[] {
  const patterns = words.toSorted((a, b) => b.length - a.length).map(containsPattern)
  const indexed = patterns.slice(0, MOST_INDEXED_WORDS)
  return indexed.length < MOST_INDEXED_WORDS ? indexed : [...indexed, patterns.slice(MOST_INDEXED_WORDS)]
}
