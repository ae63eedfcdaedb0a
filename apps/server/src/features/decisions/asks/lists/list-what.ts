import { dataSourceName, dataSourceNamed } from '../../../repositories/index.ts'
import { NONE, READ_WRITE } from '../../../rules/index.ts'
import type { Spot } from '../../compiled/model-parts.ts'
import type { ModelNow } from '../../freshness/decision-models.ts'
import type { NamedSpot } from '../ask.ts'
import { type AskContext, type AskDeps, awaitRevision, modelWanted } from '../ask-deps.ts'
import { askErrors } from '../ask-errors.ts'
import { assertMayAskState, isViewer, type Person, type Standing, visitorOf } from '../ask-policy.ts'
import { rightName } from '../chain/hear-rules.ts'
import { teamsToShow } from '../chain/teams-to-show.ts'
import type { UsableDataSource } from '../live-facts.ts'
import { type Entries, entriesOf } from './entries.ts'
import { type Reason, reasonOfRules, reasonOfStanding } from './reason.ts'

export interface WhatInput extends AskContext {
  /** By id or username; the caller when undefined. */
  readonly subject: { readonly id: string } | { readonly username: string } | undefined
}

/** What a user may do at a path and below it, up to the next. */
export interface Reached extends Reason {
  readonly repositoryName?: string
  readonly dataSource?: number
  readonly path: string
  readonly permission: 'NONE' | 'READ' | 'READ_WRITE'
}

export interface What extends Entries<Reached> {
  readonly revision: number
}

/**
 * What a user may do, at every path where a rule speaks to them, by repository and path. Everybody is told about themself,
 * admins of users or teams about all, and leaders about what their teams may hand out.
 */
export async function listWhat(deps: AskDeps, input: WhatInput): Promise<What> {
  const { caller } = input
  await awaitRevision(deps, input)
  const isSelf = isOwn(input)
  const visitor = visitorOf(caller)
  const led = isViewer(caller) || isSelf || visitor ? [] : await deps.facts.resourcesLed(caller.userId)
  const standing = standingOver(input, led)
  assertMayAskState(input.state, standing, '')
  const teams = standing === 'leader' ? (await deps.facts.leading(caller.userId, [])).teams : new Set<string>()
  const subject = input.subject ?? { id: caller.userId }
  const usable = await deps.facts.usable({ organisation: caller.organisation, visitor: visitor?.id }, subject)
  const now = await deps.models.get(modelWanted(input))
  const user = visitor && isSelf ? visitor : findUser(now, subject)
  if (!user) throw askErrors.unknown_user('')
  const asked: Asked = { now, user, standing, teams, isSelf }
  return { revision: now.revision, ...entriesOf(spotsOf(asked, { led, usable }), (spot) => toReached(asked, spot)) }
}

interface Asked {
  readonly now: ModelNow
  readonly user: Person
  readonly standing: Standing
  readonly teams: ReadonlySet<string>
  readonly isSelf: boolean
}

/** A place, and by which part in it the user may use it whatever the rules say. */
interface ReachedSpot {
  readonly name: string
  readonly path: string
  readonly spot: Spot | undefined
  readonly part: UsableDataSource | undefined
}

function isOwn({ caller, subject }: WhatInput): boolean {
  if (!subject) return true
  return 'id' in subject ? subject.id === caller.userId : isOwnName(caller, subject.username)
}

function isOwnName(caller: WhatInput['caller'], username: string): boolean {
  return caller.organisation === caller.homeOrganisation && username === caller.username
}

function standingOver(input: WhatInput, led: readonly NamedSpot[]): Standing {
  if (isViewer(input.caller)) return 'viewer'
  if (isOwn(input)) return 'self'
  if (led.length > 0) return 'leader'
  throw askErrors.not_yours('')
}

function findUser({ model }: ModelNow, subject: NonNullable<WhatInput['subject']>): Person | undefined {
  return 'id' in subject ? model.findUserById(subject.id) : model.findUserNamed(subject.username)
}

interface Places {
  readonly led: readonly NamedSpot[]
  readonly usable: readonly UsableDataSource[]
}

/** Where rules speak to the user, and the data sources that are theirs to use anyway; only what the caller may see. */
function spotsOf({ now, user, standing }: Asked, { led, usable }: Places): ReachedSpot[] {
  if (!user.enabled || !now.organisationEnabled) return []
  const parts = new Map(usable.map((part) => [dataSourceName(part.dataSource), part]))
  const member = now.model.findUserById(user.id)
  const spots: ReachedSpot[] = (member ? now.model.what(member) : []).map(({ repository, path }) => {
    const { name } = repository
    const part = parts.get(name)
    parts.delete(name)
    return { name, path, spot: { repository, path }, part }
  })
  for (const [name, part] of parts) spots.push({ name, path: '/', spot: undefined, part })
  if (standing !== 'leader') return parts.size > 0 ? spots.sort(bySpot) : spots
  return [...spots.filter(coverage(led)), ...spotsBelow(spots, led, now)].sort(bySpot)
}

/** Resources where no rule speaks to the user, and one does above: what it says there holds here, and is the leader's to know. */
function spotsBelow(spots: readonly ReachedSpot[], led: readonly NamedSpot[], { model }: ModelNow): ReachedSpot[] {
  const spoken = Map.groupBy(spots, ({ name }) => name)
  return led.flatMap(({ repository: name, path }) => {
    const paths = spoken.get(name)?.map((spot) => spot.path) ?? []
    const isBelow = !paths.includes(path) && paths.some((above) => above === '/' || path.startsWith(`${above}/`))
    const repository = isBelow ? model.findRepository(name) : undefined
    return repository ? [{ name, path, spot: { repository, path }, part: undefined }] : []
  })
}

function bySpot(a: ReachedSpot, b: ReachedSpot): number {
  return compare(a.name, b.name) || compare(a.path, b.path)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Whether a place is at or below one of the resources. */
function coverage(led: readonly NamedSpot[]): (spot: ReachedSpot) => boolean {
  const paths = new Map<string, Set<string>>()
  for (const { repository, path } of led) {
    const known = paths.get(repository)
    if (known) known.add(path)
    else paths.set(repository, new Set([path]))
  }
  return ({ name, path }) => {
    const known = paths.get(name)
    if (!known || known.has('/')) return known !== undefined
    for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) if (known.has(at)) return true
    return false
  }
}

/** As it is when it is read. */
function toReached({ now, user, standing, teams, isSelf }: Asked, { name, path, spot, part }: ReachedSpot): Reached {
  const dataSource = dataSourceNamed(name)
  const place = { ...(dataSource === undefined ? { repositoryName: name } : { dataSource }), path }
  const byPart = part && reasonOfStanding(part)
  if (byPart) return { ...place, permission: rightName(READ_WRITE), ...byPart }
  const member = now.model.findUserById(user.id)
  const heard = spot && member && now.model.explain(member, spot)
  if (!heard) return { ...place, permission: rightName(NONE), because: 'no_rule' }
  const audience = { model: now.model, standing, led: teams, isSelf }
  return {
    ...place,
    permission: rightName(user.enabled ? heard.right : NONE),
    ...reasonOfRules(heard, (permission) => teamsToShow(audience, permission)),
  }
}
