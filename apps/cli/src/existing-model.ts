import type { PortreeveClient, Rule, Team } from '@portreeve/client'
import type { ImportPlan } from '@portreeve/svn-authz'
import { forEachBounded } from './for-each-bounded.ts'

/** What the server has already of a planned rule. */
export interface ExistingRule {
  readonly id: string
  readonly audience: Rule['audience']
  readonly members: ReadonlySet<string>
  /** The access at each place, by {@link placeKey}. */
  readonly permissions: ReadonlyMap<string, string>
}

/** What the server has already of a planned team. Members by their ids, resources by {@link placeKey}, rules by {@link nameKey}. */
export interface ExistingTeam {
  readonly id: string
  readonly members: ReadonlySet<string>
  readonly resources: ReadonlyMap<string, string>
  readonly rules: ReadonlyMap<string, ExistingRule>
}

/** What the server has already of a plan, by names: ids of repositories and users, and root teams by {@link nameKey}. */
export interface ExistingModel {
  readonly repositories: ReadonlyMap<string, string>
  readonly users: ReadonlyMap<string, string>
  readonly teams: ReadonlyMap<string, ExistingTeam>
}

/** What makes two names the same to the server. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase()
}

export function placeKey(repository: string, path: string): string {
  return `${repository}:${path}`
}

/** Reads what is there already of what a plan wants, changing nothing. */
export async function readExistingModel(
  client: PortreeveClient,
  plan: ImportPlan,
  concurrency: number,
): Promise<ExistingModel> {
  const wanted = new Set(plan.teams.map(({ name }) => nameKey(name)))
  const [repositories, users, allTeams] = await Promise.all([
    Array.fromAsync(client.repositories.list(), ({ name, id }): [string, string] => [name, id]),
    Array.fromAsync(client.users.list(), ({ username, id }): [string, string] => [username, id]),
    Array.fromAsync(client.teams.list()),
  ])
  const found = allTeams.filter((team) => team.parentTeam === undefined && wanted.has(nameKey(team.name)))
  const teams = new Map<string, ExistingTeam>()
  await forEachBounded(found, concurrency, async (team) => {
    teams.set(nameKey(team.name), await readTeam(client, team))
  })
  return { repositories: new Map(repositories), users: new Map(users), teams }
}

async function readTeam(client: PortreeveClient, { id }: Team): Promise<ExistingTeam> {
  const members = await Array.fromAsync(client.teams.listMembers(id), (user) => user.id)
  const resources = await Array.fromAsync(client.teams.listResources(id))
  const keys = new Map(resources.map((each) => [each.id, { repository: each.repositoryName, path: each.path }]))
  const rules = new Map<string, ExistingRule>()
  for await (const rule of client.rules.list(id)) {
    const of = { teamId: id, ruleId: rule.id }
    const permissions = await Array.fromAsync(
      client.rules.listPermissions(of),
      ({ ownerResource, path, permissionType }): [string, string] => {
        const resource = keys.get(ownerResource)
        return [placeKey(resource?.repository ?? '', joinPath(resource?.path ?? '/', path)), permissionType]
      },
    )
    const named = await Array.fromAsync(client.rules.listMembers(of), (user) => user.id)
    const { audience } = rule
    rules.set(nameKey(rule.ruleName), {
      id: rule.id,
      audience,
      members: new Set(named),
      permissions: new Map(permissions),
    })
  }
  const places = resources.map((each): [string, string] => [placeKey(each.repositoryName, each.path), each.id])
  return { id, members: new Set(members), resources: new Map(places), rules }
}

function joinPath(resource: string, relative: string): string {
  const below = relative.replace(/^\//, '')
  if (below === '') return resource
  return resource === '/' ? `/${below}` : `${resource}/${below}`
}
