import type { Page } from '../../../kernel/page.ts'
import type { Principal } from '../../../kernel/principal.ts'
import type { DataSource } from '../data-source.ts'
import type { DataSourceReadModel } from '../data-source-store.ts'
import type { EntryFilter } from '../entries/entry-text.ts'
import { type Group, groupErrors } from './group.ts'
import type { GroupReadModel, GroupStore } from './group-store.ts'

export interface GetGroupDeps {
  readonly groups: Pick<GroupStore, 'find'>
}

/** One of the organisation's, for everybody in it. Throws `group.not_found`. */
export async function getGroup(
  { groups }: GetGroupDeps,
  { caller, id }: { readonly caller: Principal; readonly id: number },
): Promise<Group> {
  const found = await groups.find(caller, id)
  if (!found) throw groupErrors.not_found(id)
  return found
}

export interface ListGroupsDeps {
  readonly groupLists: GroupReadModel
}

interface ListInput {
  readonly caller: Principal
  readonly filter: EntryFilter
}

/** The organisation's, for everybody in it. */
export async function listGroups(
  { groupLists }: ListGroupsDeps,
  { caller: { organisation, userId }, filter, parentId }: ListInput & { readonly parentId?: number | undefined },
): Promise<Page<Group>> {
  return groupLists.list({ organisation, userId, filter, parentId })
}

export interface ListRootsDeps extends ListGroupsDeps {
  readonly dataSourceLists: DataSourceReadModel
}

/** One page of both: groups come first. */
export interface Roots {
  readonly groups: readonly Group[]
  readonly dataSources: readonly DataSource[]
  readonly total: number
}

/** What is in no group: groups at the top, then ungrouped data sources, each by name. Two statements a page. */
export async function listRoots(
  { groupLists, dataSourceLists }: ListRootsDeps,
  { caller: { organisation, userId }, filter }: ListInput,
): Promise<Roots> {
  const viewer = { organisation, userId }
  const groups = await groupLists.list({ ...viewer, filter, parentId: null })
  const rest = {
    ...filter,
    offset: Math.max(0, filter.offset - groups.total),
    limit: filter.limit - groups.items.length,
  }
  const dataSources = await dataSourceLists.list({ ...viewer, filter: rest, groupId: null })
  return { groups: groups.items, dataSources: dataSources.items, total: groups.total + dataSources.total }
}
