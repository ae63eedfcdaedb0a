import assert from 'node:assert/strict'
import { CompiledModel } from '../../apps/server/src/features/decisions/compiled/compiled-model.ts'
import { READ } from '../../apps/server/src/features/rules/index.ts'
import { ms, type Result } from '../harness/benchmark.ts'
import { interleave, timed } from '../harness/interleave.ts'
import { LARGE } from './large-organisation.ts'
import { sampleFacts, sampleQuestions } from './sample-facts.ts'

const ROUNDS = { rounds: 21, warmUps: 4 }

/** Everybody who reaches a path, and everything that a user reaches, against asking for each. */
export async function measureLists(): Promise<Result[]> {
  const facts = sampleFacts(LARGE)
  const model = CompiledModel.compile(facts)
  const users = facts.users.map(({ id }) => model.findUserById(id))
  const spots = sampleQuestions(LARGE, ROUNDS.rounds + ROUNDS.warmUps).map(({ username, repository: name, path }) => {
    const [user, repository] = [model.findUserNamed(username), model.findRepository(name)]
    assert.ok(user && repository)
    return { user, spot: { repository, path } }
  })
  const spoken = facts.permissions.flatMap(({ repository: id, path }) => {
    const repository = model.findRepository(facts.repositories.find((each) => each.id === id)?.name ?? '')
    return repository ? [{ repository, path }] : []
  })
  const at = (round: number) => spots[round] ?? assert.fail()

  const who = await interleave(
    {
      ours: (round) => timed(() => model.who(at(round).spot, READ)),
      peer: (round) => timed(() => users.filter((user) => model.rightOf(user, at(round).spot) >= READ)),
    },
    ROUNDS,
  )
  const what = await interleave(
    {
      ours: (round) => timed(() => model.what(at(round).user)),
      peer: (round) => timed(() => spoken.filter((spot) => model.rightOf(at(round).user, spot) >= READ)),
    },
    ROUNDS,
  )
  const goal = { kind: 'at most', value: 30, of: 'ours' } as const
  return [
    {
      what: 'who of 100,000 users reaches a path',
      ours: ms(who.ours),
      peer: { name: 'our check of each user', ...ms(who.peer) },
      goal,
    },
    {
      what: 'what a user reaches of 100,000 permissions',
      ours: ms(what.ours),
      peer: { name: 'our check of each permission', ...ms(what.peer) },
      goal,
    },
  ]
}
