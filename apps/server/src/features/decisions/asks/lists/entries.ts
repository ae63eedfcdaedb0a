/** A list of which each entry is made when it is asked for. */
export interface Entries<Entry> {
  readonly total: number
  page(pageNumber: number, pageSize: number): readonly Entry[]
  /** All of them, so many at a time. */
  all(atOnce: number): Generator<readonly Entry[], void>
}

/** @param toEntry - answers undefined for what has gone since the list was made */
export function entriesOf<Item, Entry>(
  items: readonly Item[],
  toEntry: (item: Item) => Entry | undefined,
): Entries<Entry> {
  const between = (start: number, count: number) =>
    items.slice(start, start + count).flatMap((item) => toEntry(item) ?? [])
  return {
    total: items.length,
    page: (pageNumber, pageSize) => between((pageNumber - 1) * pageSize, pageSize),
    *all(atOnce) {
      for (let start = 0; start < items.length; start += atOnce) yield between(start, atOnce)
    },
  }
}
