import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { statement } from '../apps/server/src/platform/database/statement.ts'
import { testDatabase } from '../apps/server/src/platform/database/test-database.ts'
import { type ScratchServer, startScratchServer } from '../tools/scratch-server.ts'

const COMPANIES = 30_000
const KILLS = 2
const MADE_MEANWHILE = 100
const POLL_MS = 10

const ADD_COMPANIES = statement(
  'e2e.add-companies',
  'insert into organisation (name) select gen_random_uuid() from generate_series(1, $1)',
)
const ADD_CLIENT = statement(
  'e2e.add-client',
  `insert into client_application (client_id, name, grant_types, token_endpoint_auth_method, created_at)
   values ('app', 'App', '{authorization_code}', 'none', now())`,
)
/** How often each company had its turn, by the records that every change leaves. */
const TURNS = statement<{ readonly turns: number; readonly permitted: boolean; readonly companies: number }>(
  'e2e.turns-of-companies',
  `select turns, permitted, count(*)::int as companies
   from (select organisation.id, count(audit_record.id)::int as turns,
                coalesce(bool_and(permitted_client.is_permitted), false) as permitted
         from organisation
         left join permitted_client on permitted_client.organisation_id = organisation.id and client_id = 'app'
         left join audit_record on audit_record.organisation_id = organisation.id and task_id = $1
         group by organisation.id) company
   group by turns, permitted`,
)

interface Progress {
  readonly status: string
  readonly total: number
  readonly done: number
  readonly changed: number
  readonly failed: number
}

async function call<T>(server: ScratchServer, operation: string, body?: object): Promise<T> {
  const [method = '', path = ''] = operation.split(' ')
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  assert.ok(answer.ok, `${operation}: ${answer.status} ${text}`)
  return JSON.parse(text) as T
}

/** Permits the client everywhere; answers the id of the job. */
async function permitEverywhere(server: ScratchServer): Promise<string> {
  const { link } = await call<{ readonly link: { readonly href: string } }>(
    server,
    'POST /people/bulk-process/clients',
    {
      permit: { rel: 'client', href: `${server.url}/clients/app` },
    },
  )
  return link.href.split('/').at(-1) ?? ''
}

/** Waits until it has got further than `done`, and kills the server amid what it does then. */
async function killFurtherOn(server: ScratchServer, job: string, done: number): Promise<Progress> {
  for (;;) {
    const progress = await call<Progress>(server, `GET /v1/admin/bulk/${job}/`)
    assert.equal(progress.status, 'InProgress')
    if (progress.done > done) {
      await server.kill('SIGKILL')
      return progress
    }
    await delay(POLL_MS)
  }
}

test(`a change at ${COMPANIES} companies that is killed ${KILLS} times on its way comes to each of them once`, {
  timeout: 120_000,
}, async () => {
  await using database = await testDatabase()
  await using server = await startScratchServer({
    logLevel: 'error',
    env: { PORTREEVE_DATABASE_URL: database.url },
  })
  await database.db.query(ADD_CLIENT)
  await database.db.query(ADD_COMPANIES, [COMPANIES - 1])
  const job = await permitEverywhere(server)
  let done = 0
  for (let kill = 0; kill < KILLS; kill += 1) {
    done = (await killFurtherOn(server, job, done)).done
    await database.db.query(ADD_COMPANIES, [MADE_MEANWHILE])
    await server.restart()
  }
  const ended = await call<Progress>(server, `GET /v1/admin/bulk/${job}/?wait=60`)
  const companies = COMPANIES + KILLS * MADE_MEANWHILE
  const { status, total, changed, failed } = ended
  assert.deepEqual(
    { status, total, done: ended.done, changed, failed },
    { status: 'Finished', total: companies, done: companies, changed: companies, failed: 0 },
  )
  assert.deepEqual(await database.db.query(TURNS, [job]), [{ turns: 1, permitted: true, companies }])
})
