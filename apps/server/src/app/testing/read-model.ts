import type { ApiClient, Fields } from './api-client.ts'

/** Every list of the model in the state that the query names (`queryEnforced=true`, `revision=7`), by its address. */
export async function readModel(api: ApiClient, query: string): Promise<ReadonlyMap<string, readonly Fields[]>> {
  const lists = new Map<string, readonly Fields[]>()
  const read = async (url: string): Promise<readonly Fields[]> => {
    const { entries } = await api.list(`${url}?pageSize=1000&sortColumn=id&${query}`)
    lists.set(url, entries)
    return entries
  }
  for (const team of await read('/api/teams')) {
    const url = `/api/teams/${team['id']}`
    for (const part of ['subteams', 'members', 'leaders', 'resources']) await read(`${url}/${part}`)
    for (const rule of await read(`${url}/rules`)) {
      for (const part of ['members', 'resourcepermissions']) await read(`${url}/rules/${rule['id']}/${part}`)
    }
  }
  return lists
}
