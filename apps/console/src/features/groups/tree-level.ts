import type { DataSource, DataSourceGroup, PortreeveClient } from '@portreeve/client'

const PAGE_SIZE = 50

/** Part of what is directly in a group, or in none. */
export interface TreeLevel {
  readonly groups: readonly DataSourceGroup[]
  readonly dataSources: readonly DataSource[]
  readonly hasMore: boolean
}

export interface TreeLevelRequest {
  /** Undefined: what is in no group. */
  readonly group: number | undefined
  /** From 1 on. */
  readonly page: number
  readonly signal: AbortSignal
}

/** Reads the page: groups and data sources, each in the order of their names. */
export async function readTreeLevel(
  client: PortreeveClient,
  { group, page, signal }: TreeLevelRequest,
): Promise<TreeLevel> {
  const request = { page, pageSize: PAGE_SIZE, signal }
  if (group === undefined) {
    const { groups, dataSources, total } = await client.dataSourceGroups.pageRoots(request)
    return { groups, dataSources, hasMore: total > page * PAGE_SIZE }
  }
  const [groups, dataSources] = await Promise.all([
    client.dataSourceGroups.page({ ...request, filter: { parentId: String(group) } }),
    client.dataSources.page({ ...request, filter: { groupId: String(group) } }),
  ])
  return {
    groups: groups.items,
    dataSources: dataSources.items,
    hasMore: Math.max(groups.total, dataSources.total) > page * PAGE_SIZE,
  }
}
