import { randomUUID } from 'node:crypto'
import { secretToken } from '../../apps/server/src/platform/security/secret-token.ts'
import { startScratchServer } from '../../tools/scratch-server.ts'
import { CLIENTS, type Pool, startBenchDatabase } from '../harness/bench-database.ts'
import { type Benchmark, type Findings, ms, perSecond } from '../harness/benchmark.ts'
import { interleave } from '../harness/interleave.ts'
import { loadHttp, request } from '../harness/load-http.ts'
import { lookAtCaller } from './look-at-caller.ts'
import { startPeer } from './peer.ts'

const SECRET = 'a-secret-of-a-machine'
const ROUNDS = { rounds: 7, warmUps: 2 }
const DURATION_MS = 2000
/** What the gate costs is small beside a request: more rounds, and shorter ones. */
const API_ROUNDS = { rounds: 25, warmUps: 3 }
const API_DURATION_MS = 500
/** What an API request costs is its sign-in and little else. */
const API = '/v1/admin/sessions/'

/** Tokens of a client that acts for itself: issued, introspected, and shown to an API. */
export const oauth: Benchmark = {
  name: 'oauth',
  title: `the authorization server at ${CLIENTS} clients, beside oidc-provider alone in memory`,
  async run(): Promise<Findings> {
    await using bench = await startBenchDatabase()
    await using server = await startScratchServer({
      env: { PORTREEVE_DATABASE_URL: bench.url, PORTREEVE_APP_RATE_LIMIT: '999999999' },
    })
    const clientId = await seedClient(bench.pool)
    await using peer = await startPeer(clientId, SECRET)
    const ours = { url: server.url, token: '/oauth/token', introspection: '/oauth/introspect' }
    const theirs = { url: peer.url, token: '/token', introspection: '/token/introspection' }
    const client = { client_id: clientId, client_secret: SECRET }

    const issue = (at: Endpoints) => load(at.url, form(at.token, { ...client, grant_type: 'client_credentials' }))
    const issued = await interleave({ ours: () => issue(ours), peer: () => issue(theirs) }, ROUNDS)

    const [ourToken, theirToken] = [await tokenOf(ours, client), await tokenOf(theirs, client)]
    const look = (at: Endpoints, token: string) => load(at.url, form(at.introspection, { ...client, token }))
    const introspected = await interleave(
      { ours: () => look(ours, ourToken), peer: () => look(theirs, theirToken) },
      ROUNDS,
    )

    const call = (token: string) => load(server.url, request('GET', API, { token }), API_DURATION_MS)
    const called = await interleave({ ours: () => call(ourToken), peer: () => call(server.token) }, API_ROUNDS)
    const looked = await lookAtCaller(bench.pool, { ofApp: ourToken, personal: server.token })
    const name = 'oidc-provider in memory'
    const goal = { kind: 'at least', value: 0.6, of: 'ratio' } as const
    return {
      results: [
        { what: 'tokens issued', ours: perSecond(issued.ours), peer: { name, ...perSecond(issued.peer) }, goal },
        {
          what: 'tokens introspected',
          ours: perSecond(introspected.ours),
          peer: { name, ...perSecond(introspected.peer) },
          goal,
        },
        {
          what: 'API requests of an app',
          ours: perSecond(called.ours),
          peer: { name: 'with a personal access token', ...perSecond(called.peer) },
        },
        {
          what: 'statement that finds who calls, gate and all',
          ours: ms(looked.ours),
          peer: { name: 'of a personal access token', ...ms(looked.peer) },
        },
      ],
      notes: [`the gate adds ${((looked.ours - looked.peer) * 1000).toFixed(1)} µs to the statement of an API request`],
    }
  },
}

interface Endpoints {
  readonly url: string
  readonly token: string
  readonly introspection: string
}

async function seedClient(pool: Pool): Promise<string> {
  const [userId, clientId] = [randomUUID(), randomUUID()]
  await pool.query(`insert into app_user (id, organisation_id, username) values ($1, 1, 'machine')`, [userId])
  await pool.query(
    `insert into client_application (client_id, name, grant_types, token_endpoint_auth_method, secret_hash, organisation_id,
       user_id, created_at)
     values ($1, 'machine', '{client_credentials}', 'client_secret_post', $2, 1, $3, now())`,
    [clientId, secretToken.digest(SECRET), userId],
  )
  await pool.query('insert into permitted_client (organisation_id, client_id, is_permitted) values (1, $1, true)', [
    clientId,
  ])
  return clientId
}

function load(url: string, next: Buffer, durationMs = DURATION_MS): Promise<number> {
  return loadHttp({ url, clients: CLIENTS, durationMs, next: () => next })
}

function form(path: string, fields: Readonly<Record<string, string>>): Buffer {
  const body = new URLSearchParams(fields).toString()
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

async function tokenOf({ url, token }: Endpoints, client: Readonly<Record<string, string>>): Promise<string> {
  const body = new URLSearchParams({ ...client, grant_type: 'client_credentials' })
  const answer = await fetch(url + token, { method: 'POST', body })
  return ((await answer.json()) as { access_token: string }).access_token
}
