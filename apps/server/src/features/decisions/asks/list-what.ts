import { dataSourceName, dataSourceNamed } from '../../repositories/index.ts'
import { NONE, READ_WRITE } from '../../rules/index.ts'
import type { ModelUser, Spot } from '../compiled/model-parts.ts'
import type { ModelNow } from '../freshness/decision-models.ts'
import { type AskContext, type AskDeps, modelWanted } from './ask-deps.ts'
import { askErrors } from './ask-errors.ts'
import { assertMayAskState, isViewer, type Standing } from './ask-policy.ts'
import { type Entries, entriesOf } from './entries.ts'
import { rightName } from './hear-rules.ts'
import type { NamedSpot, UsableDataSource } from './live-facts.ts'
import { type Reason, reasonOfRules, reasonOfStanding } from './reason.ts'
import { teamsToShow } from './teams-to-show.ts'

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
  const { caller, subject } = input
  const isSelf = isOwn(input)
  const led =
    isViewer(caller) || isSelf || caller.organisation !== caller.homeOrganisation
      ? []
      : await deps.facts.resourcesLed(caller.userId)
  const standing = standingOver(input, led)
  assertMayAskState(input.state, [standing])
  const teams = standing === 'leader' ? (await deps.facts.leading(caller.userId, [])).teams : new Set<string>()
  const usable = await deps.facts.usable(caller.organisation, subject ?? { id: caller.userId })
  const now = await deps.models.get(modelWanted(input))
  const user = findUser(now, subject ?? { id: caller.userId })
  if (!user) throw askErrors.unknown_user('')
  const asked: Asked = { now, user, standing, teams, isSelf }
  return { revision: now.revision, ...entriesOf(spotsOf(asked, { led, usable }), (spot) => toReached(asked, spot)) }
}

interface Asked {
  readonly now: ModelNow
  readonly user: ModelUser
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

function findUser({ model }: ModelNow, subject: NonNullable<WhatInput['subject']>): ModelUser | undefined {
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
  const spots: ReachedSpot[] = now.model.what(user).map(({ repository, path }) => {
    const { name } = repository
    const part = parts.get(name)
    parts.delete(name)
    return { name, path, spot: { repository, path }, part }
  })
  for (const [name, part] of parts) spots.push({ name, path: '/', spot: undefined, part })
  if (parts.size > 0) spots.sort((a, b) => compare(a.name, b.name) || compare(a.path, b.path))
  if (standing !== 'leader') return spots
  const isLed = coverage(led)
  return spots.filter(isLed)
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
  const heard = spot && now.model.explain(user, spot)
  if (!heard) return { ...place, permission: rightName(NONE), because: 'no_rule' }
  const audience = { model: now.model, standing, led: teams, isSelf }
  return {
    ...place,
    permission: rightName(user.enabled ? heard.right : NONE),
    ...reasonOfRules(heard, (permission) => teamsToShow(audience, permission)),
  }
}
