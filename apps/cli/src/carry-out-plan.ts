import type { PortreeveClient } from '@portreeve/client'
import { ENFORCING_ORDER, type ImportPlan, type Place, type PlannedRule, type PlannedTeam } from '@portreeve/svn-authz'
import { type ExistingModel, nameKey, placeKey } from './existing-model.ts'
import { forEachBounded } from './for-each-bounded.ts'
import { PERMISSION_TYPES } from './permission-types.ts'
import type { Progress } from './progress.ts'

export interface CarryOutDeps {
  readonly client: PortreeveClient
  readonly progress: Progress
  /** How many requests may be under way. */
  readonly concurrency: number
}

/** What a load created; what was there before does not count. */
export interface Loaded {
  readonly created: Readonly<Record<'repositories' | 'users' | 'teams' | 'resources' | 'rules' | 'permissions', number>>
  /** Ids of all planned repositories, by name. */
  readonly repositories: ReadonlyMap<string, string>
}

/** More ids than this go in several requests. */
const IDS_A_REQUEST = 10_000
const PERMISSIONS_A_REQUEST = 5000

interface TeamPart<T> {
  readonly team: PlannedTeam
  readonly part: T
}

/**
 * Creates what a plan wants and the server has not, in an order in which nobody has more on the way than in the end:
 * rules come into force by their permissions, and those are added last, denials first.
 */
export async function carryOutPlan(deps: CarryOutDeps, plan: ImportPlan, existing: ExistingModel): Promise<Loaded> {
  return await new PlanWork(deps, existing).carryOut(plan)
}

class PlanWork {
  readonly #deps: CarryOutDeps
  readonly #existing: ExistingModel
  readonly #repositoryIds: Map<string, string>
  readonly #userIds: Map<string, string>
  readonly #teamIds: Map<string, string>
  readonly #resourceIds = new Map<string, string>()
  readonly #ruleIds = new Map<PlannedRule, string>()
  readonly #created = { repositories: 0, users: 0, teams: 0, resources: 0, rules: 0, permissions: 0 }
  readonly #tasks: string[] = []

  constructor(deps: CarryOutDeps, existing: ExistingModel) {
    this.#deps = deps
    this.#existing = existing
    this.#repositoryIds = new Map(existing.repositories)
    this.#userIds = new Map(existing.users)
    this.#teamIds = new Map([...existing.teams].map(([key, { id }]) => [key, id]))
  }

  async carryOut({ repositories, users, teams }: ImportPlan): Promise<Loaded> {
    const resources = teams.flatMap((team) => team.resources.map((part) => ({ team, part })))
    const rules = teams.flatMap((team) => team.rules.map((part) => ({ team, part })))
    await this.#step('repositories', repositories, (name) => this.#addRepository(name))
    await this.#step('users', users, (username) => this.#addUser(username))
    await this.#step('teams', teams, (team) => this.#addTeam(team))
    await this.#step('resources', resources, (each) => this.#addResource(each))
    await this.#step('rules', rules, (each) => this.#addRule(each))
    for (const access of ENFORCING_ORDER) {
      const equals = rules.filter(({ part }) => part.access === access)
      await this.#step(`permissions (${PERMISSION_TYPES[access]})`, equals, (each) => this.#addPermissions(each))
    }
    await this.#step('changes in force', this.#tasks, async (task) => {
      await this.#deps.client.tasks.waitUntilEnforced(task)
    })
    return { created: this.#created, repositories: this.#repositoryIds }
  }

  #step<T>(name: string, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
    const { progress, concurrency } = this.#deps
    return progress.during({ name, total: items.length }, (advance) =>
      forEachBounded(items, concurrency, async (item) => {
        await work(item)
        advance()
      }),
    )
  }

  async #addRepository(name: string): Promise<void> {
    if (this.#repositoryIds.has(name)) return
    const { entityId } = await this.#deps.client.repositories.create({ name })
    this.#repositoryIds.set(name, entityId)
    this.#created.repositories++
  }

  async #addUser(username: string): Promise<void> {
    if (this.#userIds.has(username)) return
    const { entityId } = await this.#deps.client.users.create({ username })
    this.#userIds.set(username, entityId)
    this.#created.users++
  }

  async #addTeam(team: PlannedTeam): Promise<void> {
    const key = nameKey(team.name)
    const there = this.#existing.teams.get(key)
    if (!there) {
      const { entityId } = await this.#deps.client.teams.create({ name: team.name, description: team.description })
      this.#teamIds.set(key, entityId)
      this.#created.teams++
    }
    const id = this.#teamId(team)
    for (const ids of chunks(this.#idsBeyond(team.members, there?.members), IDS_A_REQUEST)) {
      await this.#deps.client.teams.addMembers(id, ids)
    }
  }

  async #addResource({ team, part: { repository, path } }: TeamPart<Place>): Promise<void> {
    const there = this.#existing.teams.get(nameKey(team.name))?.resources.get(placeKey(repository, path))
    const id = there ?? (await this.#createResource(team, { repository, path }))
    this.#resourceIds.set(`${this.#teamId(team)} ${placeKey(repository, path)}`, id)
  }

  async #createResource(team: PlannedTeam, { repository, path }: Place): Promise<string> {
    const { client } = this.#deps
    const { entityId } = await client.teams.addResource(this.#teamId(team), { repositoryName: repository, path })
    this.#created.resources++
    return entityId
  }

  async #addRule({ team, part: rule }: TeamPart<PlannedRule>): Promise<void> {
    const { client } = this.#deps
    const teamId = this.#teamId(team)
    const there = this.#existing.teams.get(nameKey(team.name))?.rules.get(nameKey(rule.name))
    const ruleId = there?.id ?? (await this.#createRule(teamId, rule))
    this.#ruleIds.set(rule, ruleId)
    for (const ids of chunks(this.#idsBeyond(rule.members, there?.members), IDS_A_REQUEST)) {
      this.#tasks.push((await client.rules.addMembers({ teamId, ruleId }, ids)).taskId)
    }
  }

  async #createRule(teamId: string, { name, audience }: PlannedRule): Promise<string> {
    const { entityId } = await this.#deps.client.rules.create(teamId, { ruleName: name, audience })
    this.#created.rules++
    return entityId
  }

  async #addPermissions({ team, part: rule }: TeamPart<PlannedRule>): Promise<void> {
    const of = { teamId: this.#teamId(team), ruleId: known(this.#ruleIds, rule) }
    const there = this.#existing.teams.get(nameKey(team.name))?.rules.get(nameKey(rule.name))?.permissions
    const places = rule.places.filter(({ repository, path }) => !there?.has(placeKey(repository, path)))
    for (const chunk of chunks(places, PERMISSIONS_A_REQUEST)) {
      const permissions = chunk.map((place) => this.#permission(team, rule, place))
      this.#tasks.push((await this.#deps.client.rules.addPermissions(of, permissions)).taskId)
      this.#created.permissions += permissions.length
    }
  }

  #permission(team: PlannedTeam, { access }: PlannedRule, { repository, path }: Place) {
    const resource = team.resources.find((each) => each.repository === repository && isAtOrAbove(each.path, path))
    const resourcePath = resource?.path ?? ''
    return {
      permissionType: PERMISSION_TYPES[access],
      path: path.slice(resourcePath.length).replace(/^\//, ''),
      ownerResource: known(this.#resourceIds, `${this.#teamId(team)} ${placeKey(repository, resourcePath)}`),
    }
  }

  #teamId(team: PlannedTeam): string {
    return known(this.#teamIds, nameKey(team.name))
  }

  #idsBeyond(usernames: readonly string[], there: ReadonlySet<string> = new Set()): string[] {
    return usernames.map((username) => known(this.#userIds, username)).filter((id) => !there.has(id))
  }
}

function isAtOrAbove(above: string, path: string): boolean {
  return above === '/' || path === above || path.startsWith(`${above}/`)
}

function* chunks<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}

function known<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key)
  if (value === undefined) throw new Error(`The plan is not whole: ${String(key)} is missing.`)
  return value
}
