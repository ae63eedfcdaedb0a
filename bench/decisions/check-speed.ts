import assert from 'node:assert/strict'
import process from 'node:process'
import { CompiledModel } from '../../apps/server/src/features/decisions/compiled/compiled-model.ts'
import { READ } from '../../apps/server/src/features/rules/index.ts'
import { microseconds, perSecond, type Result } from '../harness/benchmark.ts'
import { interleave, median } from '../harness/interleave.ts'
import { askEnforcer, makeEnforcer } from './casbin-peer.ts'
import { Abilities } from './casl-peer.ts'
import { type SampleQuestion, sampleFacts, sampleQuestions } from './sample-facts.ts'

const ROUNDS = { rounds: 15, warmUps: 3 }
const QUESTIONS = 20_000
/** A question takes casbin up to tens of milliseconds. */
const QUESTIONS_OF_CASBIN = 20

type Ask = (question: SampleQuestion) => boolean

/** Checks in the process against those of the peers, with a rule to eleven parts: one grant and ten members. */
export async function measureChecks(rules: number): Promise<Result[]> {
  const size = { users: (rules / 11) * 10, teams: rules / 11, permissions: rules / 11, membersOfRule: 10 }
  const facts = sampleFacts(size)
  // As they come out of requests: texts that are put together from others take longer to read.
  const questions = JSON.parse(JSON.stringify(sampleQuestions(size, QUESTIONS))) as SampleQuestion[]
  const [enforcer, abilities] = [await makeEnforcer(facts), new Abilities(facts)]
  const model = CompiledModel.compile(facts)
  const asks = {
    ours: askModel(model),
    casbin: (question) => askEnforcer(enforcer, question),
    casl: (question) => abilities.ask(question),
    caslAnew: (question) => abilities.askAnew(question),
  } satisfies Record<string, Ask>
  assertSameAnswers(asks, questions)

  const few = questions.slice(0, QUESTIONS_OF_CASBIN)
  const rates = await interleave(
    {
      ours: async () => rateOf(asks.ours, questions),
      casbin: async () => rateOf(asks.casbin, few),
      casl: async () => rateOf(asks.casl, questions),
      caslAnew: async () => rateOf(asks.caslAnew, questions),
    },
    ROUNDS,
  )
  const times = await interleave(
    {
      ours: async () => timeOfOne(asks.ours, questions),
      found: async () =>
        timeOfOne(
          ({ user, spot }) => model.rightOf(user, spot),
          questions.map((each) => find(model, each)),
        ),
      casl: async () => timeOfOne(asks.casl, questions),
    },
    ROUNDS,
  )
  const what = `checks at ${rules.toLocaleString('en')} rules`
  const ours = perSecond(rates.ours)
  return [
    { what, ours, peer: { name: 'casbin', ...perSecond(rates.casbin) }, ...(rules === LARGEST && { goal: FASTER }) },
    { what, ours, peer: { name: 'casl, an ability at hand for each user', ...perSecond(rates.casl) } },
    { what, ours, peer: { name: 'casl, an ability made for the question', ...perSecond(rates.caslAnew) } },
    {
      what: 'one of them, by the clock: median',
      ours: microseconds(times.ours),
      peer: { name: 'casl, an ability at hand', ...microseconds(times.casl) },
      ...(rules === LARGEST && { goal: QUICK }),
    },
    {
      what: 'the same, of a user and a repository already found',
      ours: microseconds(times.found),
      peer: { name: 'casl, an ability at hand', ...microseconds(times.casl) },
    },
  ]
}

export const LARGEST = 110_000
const FASTER = { kind: 'at least', value: 10_000, of: 'ratio' } as const
const QUICK = { kind: 'at most', value: 2, of: 'ours' } as const

function askModel(model: CompiledModel): Ask {
  return (question) => {
    const { user, spot } = find(model, question)
    return model.rightOf(user, spot) >= READ
  }
}

function find(model: CompiledModel, { username, repository: name, path }: SampleQuestion) {
  const repository = model.findRepository(name) ?? assert.fail()
  return { user: model.findUserNamed(username), spot: { repository, path } }
}

/** Peers that answer something else would be no peers. */
function assertSameAnswers(
  { ours, ...peers }: Readonly<Record<'ours' | string, Ask>>,
  questions: readonly SampleQuestion[],
) {
  assert.ok(ours)
  const answers = questions.map(ours)
  assert.equal(new Set(answers).size, 2)
  for (const [name, ask] of Object.entries(peers)) {
    const asked = name === 'casbin' ? questions.slice(0, QUESTIONS_OF_CASBIN) : questions
    assert.deepEqual(asked.map(ask), answers.slice(0, asked.length), name)
  }
}

function rateOf(ask: Ask, questions: readonly SampleQuestion[]): number {
  const start = performance.now()
  let allowed = 0
  for (const question of questions) if (ask(question)) allowed += 1
  const seconds = (performance.now() - start) / 1000
  assert.ok(allowed > 0)
  return questions.length / seconds
}

/** The median of single questions in microseconds, what the clock takes included. */
function timeOfOne<Asked>(ask: (asked: Asked) => unknown, questions: readonly Asked[]): number {
  const times = questions.map((question) => {
    const start = process.hrtime.bigint()
    ask(question)
    return Number(process.hrtime.bigint() - start) / 1000
  })
  return median(times)
}
