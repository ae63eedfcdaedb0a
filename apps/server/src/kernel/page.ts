/** Which entries of a list to answer, in what order. Names of fields are the API's. */
export interface PageRequest {
  /** 1-based. */
  readonly pageNumber: number
  readonly pageSize: number
  readonly sort: { readonly field: string; readonly ascending: boolean }
  /** Every one must match: case-insensitive "contains". */
  readonly search: readonly { readonly field: string; readonly text: string }[]
}

export interface Page<Item> {
  readonly items: readonly Item[]
  /** How many entries match in all. */
  readonly total: number
}
