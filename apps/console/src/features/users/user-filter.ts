import type { ChosenUsers, PageRequest, UserFilter } from '@portreeve/client'
import type { Selection } from '../../parts/table/selection.ts'

/** The search and the filters of the table, as the list of users takes them. */
export function toListRequest({ search, filter, ...request }: PageRequest): PageRequest {
  return { ...request, filter: { ...search, ...filter } }
}

/** Who is chosen in the table, as a change of many takes it. */
export function toChosenUsers(selection: Selection, request: Pick<PageRequest, 'search' | 'filter'>): ChosenUsers {
  if (selection.kind === 'some') return { user_ids: [...selection.keys] }
  const { enabled, ...given }: Readonly<Record<string, string>> = { ...request.search, ...request.filter }
  // Roles are those of the filter's options; the server names one that is none.
  const filter = given as Omit<UserFilter, 'enabled'>
  return { filter: enabled === undefined ? filter : { ...filter, enabled: enabled === 'true' } }
}
