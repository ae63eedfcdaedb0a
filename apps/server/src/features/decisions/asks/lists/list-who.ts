import type { Right } from '../../../rules/index.ts'
import type { ModelUser, Spot } from '../../compiled/model-parts.ts'
import type { ModelNow } from '../../freshness/decision-models.ts'
import { namedSpot, type Target } from '../ask.ts'
import { type AskContext, type AskDeps, awaitRevision, modelWanted } from '../ask-deps.ts'
import { askErrors } from '../ask-errors.ts'
import { isViewer, type Standing, standingOf, visitorOf } from '../ask-policy.ts'
import { findSpot } from '../chain/decide.ts'
import { rightName } from '../chain/hear-rules.ts'
import { teamsToShow } from '../chain/teams-to-show.ts'
import type { Leading, PartInDataSource } from '../live-facts.ts'
import { type Entries, entriesOf } from './entries.ts'
import { type Reason, reasonOfRules, reasonOfStanding } from './reason.ts'

export interface WhoInput extends AskContext {
  readonly target: Target
  readonly needs: Right
}

/** A user who reaches what was asked about, and why. */
export interface Reaching extends Reason {
  readonly userId: string
  readonly username: string
  readonly permission: 'NONE' | 'READ' | 'READ_WRITE'
}

export interface Who extends Entries<Reaching> {
  readonly revision: number
  /** Whether whoever does not sign in reaches it, too. */
  readonly anonymous: boolean
}

const NO_LEADING: Leading = { teams: new Set(), covers: [false] }

/** Who may do something somewhere, by username; for admins of users or teams, and for those who lead a team that has the place. */
export async function listWho(deps: AskDeps, input: WhoInput): Promise<Who> {
  const { caller, target } = input
  await awaitRevision(deps, input)
  const [leading, parts] = await Promise.all([
    isViewer(caller) || visitorOf(caller) ? NO_LEADING : deps.facts.leading(caller.userId, [namedSpot(target)]),
    target.kind === 'data-source' ? deps.facts.partsIn(caller.organisation, target.id) : undefined,
  ])
  const standing = standingOf(caller, { userId: undefined, isLed: leading.covers[0] === true, at: '' })
  const now = await deps.models.get(modelWanted(input))
  const spot = findSpot(now.model, target)
  if (target.kind === 'data-source' ? !parts : !spot) {
    throw target.kind === 'data-source' ? askErrors.unknown_data_source('') : askErrors.unknown_repository('')
  }
  const asked: Asked = { input, now, spot, standing, leading, parts: partsByUser(parts ?? []) }
  const reached = whoReaches(asked)
  return {
    revision: now.revision,
    anonymous: reached.anonymous,
    ...entriesOf(reached.users, (user) => toReaching(asked, user)),
  }
}

interface Asked {
  readonly input: WhoInput
  readonly now: ModelNow
  readonly spot: Spot | undefined
  readonly standing: Standing
  readonly leading: Leading
  readonly parts: ReadonlyMap<string, PartInDataSource>
}

function partsByUser(parts: readonly PartInDataSource[]): Asked['parts'] {
  return new Map(parts.map((part) => [part.userId, part]))
}

/** By the rules, and by their parts in the data source; in the order of usernames. */
function whoReaches({ input, now, spot, parts }: Asked): { users: readonly ModelUser[]; anonymous: boolean } {
  const { users, anonymous } = spot ? now.model.who(spot, input.needs) : { users: [], anonymous: false }
  if (!now.organisationEnabled) return { users: [], anonymous: false }
  if (parts.size === 0) return { users, anonymous }
  const reached = new Set(users)
  for (const { userId } of parts.values()) {
    const user = now.model.findUserById(userId)
    if (user?.enabled) reached.add(user)
  }
  return { users: [...reached].sort((a, b) => (a.username < b.username ? -1 : 1)), anonymous }
}

/** Undefined when the model has changed meanwhile, and they do no more. */
function toReaching({ input, now, spot, standing, leading, parts }: Asked, user: ModelUser): Reaching | undefined {
  const { id: userId, username } = user
  if (!user.enabled) return undefined
  const part = parts.get(userId)
  const byPart = part && reasonOfStanding(part)
  if (byPart) return { userId, username, permission: 'READ_WRITE', ...byPart }
  if (!spot) return undefined
  const heard = now.model.explain(user, spot)
  if (heard.right < input.needs) return undefined
  const audience = { model: now.model, standing, led: leading.teams, isSelf: userId === input.caller.userId }
  const reason = reasonOfRules(heard, (permission) => teamsToShow(audience, permission))
  return { userId, username, permission: rightName(heard.right), ...reason }
}
