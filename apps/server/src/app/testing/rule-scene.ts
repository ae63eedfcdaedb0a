import type { ApiClient, Fields } from './api-client.ts'
import type { ModelServer } from './model-server.ts'
import { join, makeRepository, makeResource, makeRule, makeTeam, makeUser } from './model-steps.ts'

/** A team with two members and two resources; its rule names the first and lets them read the first. */
export interface RuleScene {
  readonly name: string
  readonly team: string
  readonly members: readonly [string, string]
  /** `/trunk` of the repository `<name>`, and all of `<name>-other`. */
  readonly resources: readonly [string, string]
  readonly rule: string
  /** Of the rule. */
  readonly url: string
  /** The id of its permission. */
  readonly permission: string
}

/** Makes one whose names nothing else on the server has. */
export async function makeRuleScene({ root, head }: Pick<ModelServer, 'root' | 'head'>): Promise<RuleScene> {
  const name = `scene${String(await head()).padStart(4, '0')}`
  const team = await makeTeam(root, name)
  const members = [await makeUser(root, `${name} ann`), await makeUser(root, `${name} bob`)] as const
  await join(root, team, members)
  await makeRepository(root, name)
  await makeRepository(root, `${name}-other`)
  const trunk = await makeResource(root, { team, repository: name, path: '/trunk' })
  const other = await makeResource(root, { team, repository: `${name}-other` })
  const permissions = [{ resource: trunk, type: 'READ' }] as const
  const rule = await makeRule(root, { team, name: `${name} readers`, members: [members[0]], permissions })
  const url = `/api/teams/${team}/rules/${rule}`
  const permission = (await permissionsOf(root, url))[0]?.['id'] ?? ''
  return { name, team, members, resources: [trunk, other], rule, url, permission }
}

/** What the rule at this URL says, by path. */
export async function permissionsOf(api: ApiClient, url: string, query = ''): Promise<readonly Fields[]> {
  return (await api.list(`${url}/resourcepermissions?pageSize=1000${query}`)).entries
}

/** The counts of the one thing that is to be counted. */
export async function countsOf(api: ApiClient, path: string): Promise<Fields> {
  const { counts } = (await api.get(path)) as unknown as { counts: Fields | Fields[] }
  const [only, ...more] = [counts].flat()
  if (!only || more.length > 0) throw new RangeError(`${path} counts ${more.length + (only ? 1 : 0)} things.`)
  return only
}

/** The body that sends these permissions. */
export function dtoList(...DTOs: readonly object[]) {
  return { dtolist: { DTOs } }
}
