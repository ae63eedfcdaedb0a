import type { Principal } from '../../../kernel/principal.ts'
import { dataSourceName } from '../../repositories/index.ts'
import type { ModelUser } from '../compiled/model-parts.ts'
import type { ModelNow } from '../freshness/decision-models.ts'
import type { Ask, Subject, Target } from './ask.ts'
import { type AskContext, type AskDeps, modelWanted } from './ask-deps.ts'
import { askErrors } from './ask-errors.ts'
import { assertMayAskState, isViewer, type Standing, standingOf } from './ask-policy.ts'
import { decide, findSpot, isAllowed, type Question } from './decide.ts'
import type { Decision } from './link.ts'
import { type Leading, type LiveFacts, type NamedSpot, needsLiveFacts } from './live-facts.ts'
import { teamsToShow } from './teams-to-show.ts'

export interface CheckInput extends AskContext {
  readonly asks: readonly Ask[]
  /** Whether to tell the reasons. */
  readonly explain: boolean
}

export interface Checked {
  /** Of the model that was asked. */
  readonly revision: number
  /** In the order of the questions; without chains where no reasons were asked for. */
  readonly results: readonly (Pick<Decision, 'allowed'> & Partial<Decision>)[]
}

/**
 * Decides whether users may do what they are asked about. However many questions, what is no part of the model is read by one
 * statement, and for callers who are no admins of users or teams by one more, what they lead.
 */
export async function checkAccess(deps: AskDeps, input: CheckInput): Promise<Checked> {
  const { caller, asks } = input
  const [live, leading] = await Promise.all([findLiveFacts(deps, input), findLeading(deps, input)])
  const now = await deps.models.get(modelWanted(input))
  const found: Found = { input, now, at: deps.clock.now(), live, leading }
  const standings = asks.map((ask, n) => {
    const userId = live?.[n]?.userId ?? findUser(now, ask, undefined)?.id
    return standingOf(caller, { userId, isLed: leading.covers[n] === true, at: ask.at })
  })
  assertMayAskState(input.state, standings)
  return { revision: now.revision, results: standings.map((standing, n) => decideOne(found, standing, n)) }
}

interface Found {
  readonly input: CheckInput
  readonly now: ModelNow
  readonly at: Date
  readonly live: readonly LiveFacts[] | undefined
  readonly leading: Leading
}

function isOwn(subject: Subject, { userId, username }: Principal): boolean {
  return subject.by === 'id' ? subject.id === userId : subject.by === 'username' && subject.username === username
}

const LEADING_NOTHING: Leading = { teams: new Set(), covers: [] }

async function findLiveFacts(
  { facts }: AskDeps,
  { caller, asks }: CheckInput,
): Promise<readonly LiveFacts[] | undefined> {
  return asks.some(needsLiveFacts) ? await facts.find(caller.organisation, asks) : undefined
}

async function findLeading({ facts }: AskDeps, { caller, asks, state }: CheckInput): Promise<Leading> {
  // Nobody leads elsewhere, nor has to lead anything to ask about themself.
  if (isViewer(caller) || caller.organisation !== caller.homeOrganisation) return LEADING_NOTHING
  if (state === 'enforced' && asks.every(({ subject }) => isOwn(subject, caller))) return LEADING_NOTHING
  return await facts.leading(
    caller.userId,
    asks.map(({ target }) => namedSpot(target)),
  )
}

export function namedSpot(target: Target): NamedSpot {
  const { path } = target
  return { path, repository: target.kind === 'repository' ? target.name : dataSourceName(target.id) }
}

function decideOne(
  { input, now, at, live, leading }: Found,
  standing: Standing,
  n: number,
): Checked['results'][number] {
  const ask = input.asks[n]
  if (!ask) throw new RangeError(`There is no question ${n}.`)
  const { caller } = input
  const facts = live?.[n]
  const user = findUser(now, ask, facts)
  const isSelf = user?.id === caller.userId
  if (standing !== 'self') assertKnown(now, { ask, user, facts, isSelf: isSelfAsked(ask, caller.userId) })
  const question: Question = {
    ask,
    now: at,
    organisation: { id: caller.organisation, enabled: now.organisationEnabled },
    user,
    live: facts,
    model: now.model,
    teamsToShow: (permission) => teamsToShow({ model: now.model, standing, led: leading.teams, isSelf }, permission),
  }
  return input.explain ? decide(question) : { allowed: isAllowed(question) }
}

function findUser({ model }: ModelNow, { subject }: Ask, facts: LiveFacts | undefined): ModelUser | undefined {
  if (facts) return facts.userId === undefined ? undefined : model.findUserById(facts.userId)
  if (subject.by === 'id') return model.findUserById(subject.id)
  return subject.by === 'username' ? model.findUserNamed(subject.username) : undefined
}

/** A superadmin in an organisation that is not theirs is nobody there, and may ask so. */
function isSelfAsked({ subject }: Ask, userId: string): boolean {
  return subject.by === 'id' && subject.id === userId
}

interface Named {
  readonly ask: Ask
  readonly user: ModelUser | undefined
  readonly facts: LiveFacts | undefined
  readonly isSelf: boolean
}

/** For callers to whom it is no news what there is: to others a name that is not known is as good as one without rules. */
function assertKnown({ model }: ModelNow, { ask, user, facts, isSelf }: Named): void {
  const { subject, target, at } = ask
  if (!user && subject.by !== 'token' && !isSelf) throw askErrors.unknown_user(at)
  if (target.kind === 'data-source') {
    if (!facts?.dataSource) throw askErrors.unknown_data_source(at)
  } else if (!findSpot(model, target)) throw askErrors.unknown_repository(at)
}
