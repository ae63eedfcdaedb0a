/** What entries (data sources, groups, login credentials) are found by. */
export interface SearchedText {
  readonly name: string
  readonly description: string
  readonly aliases: string
  readonly abbreviations: string
}

/** Which part of a list, narrowed by what. */
export interface EntryFilter {
  readonly offset: number
  readonly limit: number
  /** In lower case; all must be in the entry's text. */
  readonly words: readonly string[]
  /** In lower case. */
  readonly firstLetter: string | undefined
}

/** As it came in a query (spec: "Filters on every list"). */
export interface EntryFilterQuery {
  readonly limit: number
  readonly offset: number
  readonly q?: string
  readonly alphaFilter?: string
}

/** Two names with the same key are the same name to people: case does not tell them apart, nor how letters are composed. */
export function nameKey(name: string): string {
  return fold(name)
}

/** What the words of a search are looked for in. */
export function searchText({ name, description, aliases, abbreviations }: SearchedText): string {
  return fold([name, description, aliases, abbreviations].join('\n'))
}

export function readEntryFilter({ limit, offset, q = '', alphaFilter }: EntryFilterQuery): EntryFilter {
  const words = fold(q)
    .split(/\s+/)
    .filter((word) => word !== '')
  return { limit, offset, words, firstLetter: alphaFilter === undefined ? undefined : fold(alphaFilter) }
}

/** NFC after folding, too: lower case can take letters apart (Unicode 5.18). */
function fold(text: string): string {
  return text.normalize('NFC').toLowerCase().normalize('NFC')
}

// Nothing that cannot be seen: two names must not look alike and differ.
const PRINTABLE = /^[^\p{C}\p{Zl}\p{Zp}]+$/u

/** True for what can be the name of an entry: printable, and without blanks at its ends. */
export function isEntryName(text: string): boolean {
  return PRINTABLE.test(text) && text.trim() === text
}
