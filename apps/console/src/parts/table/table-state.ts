import type { PageRequest } from '@portreeve/client'

/** What a table shows, as it stands in the address: who reloads or shares the page sees the same. */
export interface TableState {
  readonly page: number
  readonly pageSize: number
  readonly sort: string | undefined
  readonly descending: boolean
  /** The field searched in. */
  readonly field: string | undefined
  readonly text: string
  readonly filters: Readonly<Record<string, string>>
}

export interface TableDefaults {
  /** Tells the parameters of several tables on one page apart. */
  readonly prefix?: string | undefined
  readonly sort?: string | undefined
  readonly descending?: boolean | undefined
  readonly fields: readonly string[]
  readonly filters: readonly string[]
}

export const PAGE_SIZES = ['25', '50', '100'] as const
export function readTableState(parameters: URLSearchParams, defaults: TableDefaults): TableState {
  const { prefix = '', fields, filters } = defaults
  const get = (name: string) => parameters.get(`${prefix}${name}`)
  const sorted = get('sort')
  const field = get('in')
  const size = get('size') ?? ''
  return {
    page: positive(get('page')) ?? 1,
    pageSize: Number(PAGE_SIZES.find((each) => each === size) ?? PAGE_SIZES[0]),
    sort: sorted?.replace(/^-/, '') ?? defaults.sort,
    descending: sorted?.startsWith('-') ?? defaults.descending ?? false,
    field: field !== null && fields.includes(field) ? field : fields[0],
    text: get('q') ?? '',
    filters: Object.fromEntries(
      filters.flatMap((name) => {
        const value = get(name)
        return value === null || value === '' ? [] : [[name, value]]
      }),
    ),
  }
}

/** The parameters with the state written into them; what is as by default is left out. */
export function writeTableState(before: URLSearchParams, state: TableState, defaults: TableDefaults): URLSearchParams {
  const { prefix = '', sort, descending = false, fields, filters } = defaults
  const after = new URLSearchParams(before)
  const put = (name: string, value: string | undefined) => {
    if (value === undefined || value === '') after.delete(`${prefix}${name}`)
    else after.set(`${prefix}${name}`, value)
  }
  const isUsualOrder = state.sort === sort && state.descending === descending
  put('page', state.page > 1 ? String(state.page) : undefined)
  put('size', String(state.pageSize) === PAGE_SIZES[0] ? undefined : String(state.pageSize))
  put('sort', isUsualOrder ? undefined : `${state.descending ? '-' : ''}${state.sort ?? ''}`)
  put('in', state.field === fields[0] ? undefined : state.field)
  put('q', state.text)
  for (const name of filters) put(name, state.filters[name])
  return after
}

/** The state as a list of the server is asked for it. */
export function toPageRequest(state: TableState): PageRequest {
  const { page, pageSize, sort, descending, field, text, filters } = state
  return {
    page,
    pageSize,
    ...(sort !== undefined && { sort, descending }),
    ...(field !== undefined && text.trim() !== '' && { search: { [field]: text.trim() } }),
    filter: filters,
  }
}

function positive(text: string | null): number | undefined {
  return text !== null && /^[1-9][0-9]{0,6}$/.test(text) ? Number(text) : undefined
}
