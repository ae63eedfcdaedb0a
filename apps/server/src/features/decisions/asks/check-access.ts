import type { Principal } from '../../../kernel/principal.ts'
import type { ModelNow } from '../freshness/decision-models.ts'
import { type Ask, namedSpot, type Subject } from './ask.ts'
import { type AskContext, type AskDeps, awaitRevision, modelWanted } from './ask-deps.ts'
import { askErrors } from './ask-errors.ts'
import { assertMayAskState, isViewer, type Person, type Standing, standingOf, visitorOf } from './ask-policy.ts'
import { decide, findSpot, isAllowed, type Question } from './chain/decide.ts'
import type { Decision } from './chain/link.ts'
import { teamsToShow } from './chain/teams-to-show.ts'
import { type Leading, type LiveFacts, needsLiveFacts } from './live-facts.ts'

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
  await awaitRevision(deps, input)
  const [live, leading] = await Promise.all([findLiveFacts(deps, input), findLeading(deps, input)])
  const now = await deps.models.get(modelWanted(input))
  const found: Found = { input, now, at: deps.clock.now(), live, leading }
  const standings = asks.map((ask, n) => {
    const userId = findPerson(found, ask, live?.[n])?.id
    const standing = standingOf(caller, { userId, isLed: leading.covers[n] === true, at: ask.at })
    assertMayAskState(input.state, standing, ask.at)
    return standing
  })
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
  if (!asks.some(needsLiveFacts)) return undefined
  return await facts.find({ organisation: caller.organisation, visitor: visitorOf(caller)?.id }, asks)
}

async function findLeading({ facts }: AskDeps, { caller, asks, state }: CheckInput): Promise<Leading> {
  // Nobody leads elsewhere, nor has to lead anything to ask about themself.
  if (isViewer(caller) || visitorOf(caller)) return LEADING_NOTHING
  if (state === 'enforced' && asks.every(({ subject }) => isOwn(subject, caller))) return LEADING_NOTHING
  return await facts.leading(
    caller.userId,
    asks.map(({ target }) => namedSpot(target)),
  )
}

function decideOne(found: Found, standing: Standing, n: number): Checked['results'][number] {
  const { input, now, at, live, leading } = found
  const ask = input.asks[n]
  if (!ask) throw new RangeError(`There is no question ${n}.`)
  const { caller } = input
  const facts = live?.[n]
  const user = findPerson(found, ask, facts)
  const isSelf = user?.id === caller.userId
  if (standing !== 'self') assertKnown(now, { ask, user, facts })
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

/** A user of the organisation, or the caller where they are a visitor and ask about themself. */
function findPerson(
  { input, now }: Pick<Found, 'input' | 'now'>,
  { subject }: Ask,
  facts: LiveFacts | undefined,
): Person | undefined {
  if (subject.by === 'username') return now.model.findUserNamed(subject.username)
  const id = subject.by === 'id' ? subject.id : facts?.userId
  if (id === undefined) return undefined
  const visitor = visitorOf(input.caller)
  return visitor?.id === id ? visitor : now.model.findUserById(id)
}

interface Named {
  readonly ask: Ask
  readonly user: Person | undefined
  readonly facts: LiveFacts | undefined
}

/** For callers to whom it is no news what there is: to others a name that is not known is as good as one without rules. */
function assertKnown({ model }: ModelNow, { ask, user, facts }: Named): void {
  const { subject, target, at } = ask
  if (!user && subject.by !== 'token') throw askErrors.unknown_user(at)
  if (target.kind === 'data-source') {
    if (!facts?.dataSource) throw askErrors.unknown_data_source(at)
  } else if (!findSpot(model, target)) throw askErrors.unknown_repository(at)
}
