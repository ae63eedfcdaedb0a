import assert from 'node:assert/strict'
import { startScratchServer } from '../../tools/scratch-server.ts'
import { CLIENTS, startBenchDatabase } from '../harness/bench-database.ts'
import { type Benchmark, type Findings, perSecond } from '../harness/benchmark.ts'
import { interleave } from '../harness/interleave.ts'
import { loadHttp, request } from '../harness/load-http.ts'
import { cerbosBody, policiesOf } from './cerbos-policies.ts'
import { type Question, seedQuestions } from './seeded-questions.ts'
import { RESOURCES_A_REQUEST, startCerbos } from './start-cerbos.ts'
import { startFastify } from './start-fastify.ts'

const ROUNDS = { rounds: 9, warmUps: 2 }
const DURATION_MS = 1500
const OURS = '/api/access/check'
const CERBOS = '/api/check/resources'

/** Checks over HTTP: one a request, and as many as the peer takes. */
export const decisionsHttp: Benchmark = {
  name: 'decisions-http',
  title: `who may do what over HTTP at ${CLIENTS} clients, 10,000 memberships and 10,000 permissions`,
  async run(): Promise<Findings> {
    await using bench = await startBenchDatabase()
    const { grants, questions } = await seedQuestions(bench.pool, RESOURCES_A_REQUEST)
    await using server = await startScratchServer({
      env: { PORTREEVE_DATABASE_URL: bench.url, PORTREEVE_APP_RATE_LIMIT: '999999999' },
    })
    await using cerbos = await startCerbos(policiesOf(grants))
    await using fastify = await startFastify()
    await assertSameAnswers({ ours: server, cerbos: cerbos.url }, questions)

    const ask = (peer: { url: string; path: string; token: string }, bodies: readonly object[]) =>
      loadBodies(peer, bodies)
    const ours = { url: server.url, path: OURS, token: server.token }
    const theirs = { url: cerbos.url, path: CERBOS, token: '' }
    const single = questions.flatMap((ofUser) => ofUser.slice(0, 2))
    const [ourSingles, theirSingles] = [single.map(ourCheck), single.map((question) => cerbosBody([question]))]
    const [ourMany, theirMany] = [questions.map((each) => ({ checks: each.map(ourCheck) })), questions.map(cerbosBody)]
    const one = await interleave(
      {
        ours: () => ask(ours, ourSingles),
        cerbos: () => ask(theirs, theirSingles),
        fastify: () => ask({ ...theirs, url: fastify.url, path: '/' }, ourSingles),
      },
      ROUNDS,
    )
    const many = await interleave({ ours: () => ask(ours, ourMany), cerbos: () => ask(theirs, theirMany) }, ROUNDS)
    const goal = { kind: 'at least', value: 5, of: 'ratio' } as const
    return {
      results: [
        {
          what: 'checks, one a request',
          ours: perSecond(one.ours),
          peer: { name: 'cerbos', ...perSecond(one.cerbos) },
          goal,
        },
        {
          what: 'the same',
          ours: perSecond(one.ours),
          peer: { name: 'Fastify, which decides nothing', ...perSecond(one.fastify) },
        },
        {
          what: `checks, ${RESOURCES_A_REQUEST} a request`,
          ours: perSecond(many.ours * RESOURCES_A_REQUEST),
          peer: { name: 'cerbos', ...perSecond(many.cerbos * RESOURCES_A_REQUEST) },
        },
      ],
      notes: [
        'cerbos knows no callers and no users: it is told the roles with each request. Ours looks up who calls, whether the user and the organisation are enabled, and tells each link of the reasons',
      ],
    }
  },
}

function ourCheck({ username, repository, path }: Question) {
  return { username, repository, path, permission: 'READ' }
}

function loadBodies(
  { url, path, token }: { url: string; path: string; token: string },
  bodies: readonly object[],
): Promise<number> {
  const requests = bodies.map((body) => request('POST', path, { token, body }))
  let asked = 0
  const next = () => {
    asked += 1
    return requests[asked % requests.length] ?? assert.fail()
  }
  return loadHttp({ url, clients: CLIENTS, durationMs: DURATION_MS, next })
}

interface Contestants {
  readonly ours: { readonly url: string; readonly token: string }
  readonly cerbos: string
}

/** Of some users all questions: a peer that answers something else would be no peer. */
async function assertSameAnswers({ ours, cerbos }: Contestants, questions: readonly (readonly Question[])[]) {
  for (const each of questions.slice(0, 10)) {
    const [said, theirs] = await Promise.all([
      post<{ results: { allowed: boolean }[] }>(ours.url + OURS, { checks: each.map(ourCheck) }, ours.token),
      post<{ results: { actions: { READ: string } }[] }>(cerbos + CERBOS, cerbosBody(each)),
    ])
    const allowed = said.results.map((result) => result.allowed)
    assert.equal(new Set(allowed).size, 2)
    assert.deepEqual(
      allowed,
      theirs.results.map(({ actions }) => actions.READ === 'EFFECT_ALLOW'),
    )
  }
}

async function post<Answer>(url: string, body: object, token = ''): Promise<Answer> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  assert.equal(answer.status, 200, await answer.clone().text())
  return (await answer.json()) as Answer
}
