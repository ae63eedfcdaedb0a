import assert from 'node:assert/strict'
import { CompiledModel } from '../../apps/server/src/features/decisions/compiled/compiled-model.ts'
import type { ModelChanges, ModelFacts } from '../../apps/server/src/features/decisions/model-facts.ts'
import { ms, type Result } from '../harness/benchmark.ts'
import { interleave, timed } from '../harness/interleave.ts'
import { LARGE } from './large-organisation.ts'
import { sampleFacts } from './sample-facts.ts'

const COMPILE_ROUNDS = { rounds: 5, warmUps: 1 }
const APPLY_ROUNDS = { rounds: 200, warmUps: 20 }

/** What it takes to have a model, and to keep it. */
export async function measureModel(): Promise<Result[]> {
  const facts = sampleFacts(LARGE)
  const text = JSON.stringify(facts)
  const compile = await interleave(
    { ours: () => timed(() => CompiledModel.compile(facts)), peer: () => timed(() => JSON.parse(text)) },
    COMPILE_ROUNDS,
  )
  const model = CompiledModel.compile(facts)
  const results: Result[] = [
    {
      what: 'compiling 100,000 users, 10,000 teams, 100,000 permissions, 1,000,000 memberships',
      ours: ms(compile.ours),
      peer: { name: 'JSON.parse of the same facts', ...ms(compile.peer) },
      goal: { kind: 'at most', value: 2000, of: 'ours' },
    },
  ]
  for (const [what, changesAt] of CHANGES) {
    const times = await interleave(
      {
        ours: (round) => timed(() => model.apply(changesAt(facts, round))),
        peer: (round) => timed(() => model.apply(NOTHING_IN(round))),
      },
      APPLY_ROUNDS,
    )
    results.push({
      what,
      ours: ms(times.ours),
      peer: { name: 'a proposal that changes nothing', ...ms(times.peer) },
      goal: { kind: 'at most', value: 1, of: 'ours' },
    })
  }
  return results
}

const NO_CHANGES: ModelChanges = {
  users: [],
  repositories: [],
  teams: { made: [], gone: [] },
  rules: { made: [], gone: [] },
  permissions: { made: [], gone: [] },
  members: [],
}
const NOTHING_IN = (_round: number): ModelChanges => NO_CHANGES

/** Each round another rule, and in the end most of them twice: there and back again. */
const CHANGES: readonly (readonly [string, (facts: ModelFacts, round: number) => ModelChanges])[] = [
  [
    'one proposal: ten members of a rule',
    ({ members }, round) => {
      const { rule, users } = part(members, Math.floor(round / 2))
      const ten = users.slice(0, 10)
      const [added, removed] = round % 2 === 0 ? [[], ten] : [ten, []]
      return { ...NO_CHANGES, members: [{ rule, added, removed }] }
    },
  ],
  [
    'one proposal: a permission',
    ({ permissions }, round) => {
      const permission = part(permissions, Math.floor(round / 2))
      const changes = round % 2 === 0 ? { made: [], gone: [permission.id] } : { made: [permission], gone: [] }
      return { ...NO_CHANGES, permissions: changes }
    },
  ],
  [
    'one proposal: a rule with all it has, of 100 members and 10 permissions',
    ({ rules, permissions, members }, round) => {
      const rule = part(rules, Math.floor(round / 2))
      if (round % 2 === 0) return { ...NO_CHANGES, rules: { made: [], gone: [rule.id] } }
      const share = rules.length
      return {
        ...NO_CHANGES,
        rules: { made: [rule], gone: [] },
        permissions: {
          made: Array.from({ length: permissions.length / share }, (_, n) =>
            part(permissions, Math.floor(round / 2) + n * share),
          ),
          gone: [],
        },
        members: [{ rule: rule.id, added: part(members, Math.floor(round / 2)).users, removed: [] }],
      }
    },
  ],
]

function part<T>(parts: readonly T[], n: number): T {
  return parts[n] ?? assert.fail(`There is no part ${n}.`)
}
