import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import { type SignInServer, startSignInServer } from '../../testing/sign-in-server.ts'

const JSON_TYPE = 'application/vnd.huddle.data+json'
const XML_TYPE = 'application/vnd.huddle.data+xml'
const ORDERS = '/people/bulk-process/clients'

const ADD_CLIENT = statement(
  'test.add-bulk-client',
  `insert into client_application (client_id, name, grant_types, token_endpoint_auth_method, created_at)
   values ('app', 'App', '{authorization_code}', 'none', now())`,
)
const ADD_COMPANY = statement('test.add-bulk-company', `insert into organisation (name) values ('two')`)
const PERMITTED = statement<{ readonly organisation_id: number; readonly is_permitted: boolean }>(
  'test.bulk-permitted',
  `select organisation_id, is_permitted from permitted_client where client_id = 'app' order by organisation_id`,
)

interface Answer {
  readonly status: number
  readonly type: string | null
  readonly link: string | null
  readonly text: string
}

async function startScene() {
  const server = await startSignInServer()
  await server.database.query(ADD_CLIENT)
  await server.database.query(ADD_COMPANY)
  const { authorization } = await server.bearer()
  const call = async (operation: string, text?: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const [method = '', path = ''] = operation.split(' ')
    const type = { 'content-type': JSON_TYPE }
    const sent = { authorization, ...(text !== undefined && type), ...headers }
    const answer = await server.fetch(path, { method, headers: sent, ...(text !== undefined && { body: text }) })
    const [contentType, link] = [answer.headers.get('content-type'), answer.headers.get('link')]
    return { status: answer.status, type: contentType, link, text: await answer.text() }
  }
  return { server, call, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

function order(act: string, href = 'https://gate.example/clients/app'): string {
  return JSON.stringify({ [act]: { rel: 'client', href } })
}

function pathOf(link: string | null): string {
  const url = /^<(.+)>;rel="progress"$/.exec(link ?? '')?.[1] ?? assert.fail(`${link}`)
  assert.ok(url.startsWith(`https://gate.example${ORDERS}/progress/`))
  return new URL(url).pathname
}

test('orders in JSON as the original does, and tells how far it is', async () => {
  await using scene = await startScene()
  const ordered = await scene.call(`POST ${ORDERS}`, order('add'))
  assert.deepEqual([ordered.status, ordered.type], [201, `${JSON_TYPE}`])
  const path = pathOf(ordered.link)
  const href = `https://gate.example${path}`
  assert.deepEqual(JSON.parse(ordered.text), { link: { rel: 'progress', href } })
  const startedAt = new Date(scene.server.clock.time).toISOString()
  const begun = await scene.call(`GET ${path}`)
  assert.deepEqual([begun.status, begun.type, begun.link], [200, `${JSON_TYPE}`, ordered.link])
  const link = { rel: 'self', href }
  const counts = { total: 2, done: 0, changed: 0, failed: 0 }
  assert.deepEqual(JSON.parse(begun.text), { link, status: 'InProgress', ...counts, startedAt })
  await scene.server.runBulkJobs()
  const ended = { total: 2, done: 2, changed: 2, failed: 0, startedAt, finishedAt: startedAt }
  assert.deepEqual(JSON.parse((await scene.call(`GET ${path}`)).text), { link, status: 'Finished', ...ended })
})

test('orders in XML as the original does', async () => {
  await using scene = await startScene()
  const xml = { 'content-type': XML_TYPE, accept: XML_TYPE }
  const body = '<clients><permit rel="client" href="https://gate.example/clients/app" /></clients>'
  const ordered = await scene.call(`POST ${ORDERS}`, body, xml)
  const path = pathOf(ordered.link)
  const href = `https://gate.example${path}`
  assert.deepEqual([ordered.status, ordered.type], [201, `${XML_TYPE}`])
  assert.match(ordered.text, new RegExp(`<clients><link rel="progress" href="${href}"\\s*/></clients>$`))
  await scene.server.runBulkJobs()
  const { text } = await scene.call(`GET ${path}`, undefined, { accept: XML_TYPE })
  assert.match(
    text,
    new RegExp(`<clients><link rel="self" href="${href}"\\s*/><status>Finished</status><total>2</total>`),
  )
  assert.deepEqual(await scene.server.database.query(PERMITTED), [
    { organisation_id: 1, is_permitted: true },
    { organisation_id: 2, is_permitted: true },
  ])
})

test('does the three acts, and in a dry run none of them', async () => {
  await using scene = await startScene()
  const perform = async (act: string, query = '') => {
    const { link } = await scene.call(`POST ${ORDERS}${query}`, order(act, 'clients/app'))
    await scene.server.runBulkJobs()
    const { changed } = JSON.parse((await scene.call(`GET ${pathOf(link)}`)).text)
    const rows = await scene.server.database.query(PERMITTED)
    return [changed, rows.map(({ is_permitted }) => is_permitted)]
  }
  assert.deepEqual(await perform('permit', '?dryRun=true'), [2, []])
  assert.deepEqual(await perform('add'), [2, [false, false]])
  assert.deepEqual(await perform('permit'), [2, [true, true]])
  assert.deepEqual(await perform('add'), [0, [true, true]])
  assert.deepEqual(await perform('remove'), [2, []])
})

test('refuses in the manner of the original, without a body', async () => {
  await using scene = await startScene()
  const { server, call } = scene
  await server.addUser({ username: 'ann', email: 'ann@example.org', password: 'a password', ...ADMIN })
  const ann = await server.bearer({ email: 'ann@example.org', password: 'a password' })
  const refused = async (
    expected: number,
    operation: string,
    ...rest: [text?: string, headers?: Record<string, string>]
  ) => {
    const { status, text } = await call(operation, ...rest)
    assert.deepEqual([status, text], [expected, ''], `${operation} ${rest[0]}`)
  }
  const both = JSON.stringify({ ...JSON.parse(order('add')), ...JSON.parse(order('remove')) })
  for (const text of [
    '{}',
    both,
    order('disable'),
    order('add', 'https://other.example/clients/app'),
    '{"add":{}}',
    '{',
  ]) {
    await refused(400, `POST ${ORDERS}`, text)
  }
  await refused(404, `POST ${ORDERS}`, order('add', 'clients/none'))
  await refused(415, `POST ${ORDERS}`, order('add'), { 'content-type': 'text/plain' })
  await refused(406, `POST ${ORDERS}`, order('add'), { accept: 'text/html' })
  await refused(403, `POST ${ORDERS}`, order('add'), ann)
  await refused(401, `POST ${ORDERS}`, order('add'), { authorization: 'Bearer none' })
  const path = pathOf((await call(`POST ${ORDERS}`, order('add'))).link)
  await refused(403, `GET ${path}`, undefined, ann)
  await refused(401, `GET ${path}`, undefined, { authorization: 'Bearer none' })
  await refused(404, `GET ${ORDERS}/progress/none`)
  assert.deepEqual(await server.database.query(PERMITTED), [])
})

test('does not take a bulk job over connectors for one of its own; as a bulk job it is like any other', async () => {
  await using scene = await startScene()
  const { server, call } = scene
  const body = JSON.stringify({ connector_ids: [1], connector_state: 'Disabled' })
  const other = await call('POST /v1/admin/connectors/bulk/', body, { 'content-type': 'application/json' })
  const { bulk_id } = JSON.parse(other.text)
  assert.equal((await call(`GET ${ORDERS}/progress/${bulk_id}`)).status, 404)
  const path = pathOf((await call(`POST ${ORDERS}`, order('add'))).link)
  await server.runBulkJobs()
  const listed = JSON.parse((await call('GET /v1/admin/bulk/')).text)
  assert.equal(listed.total, 2)
  const job = JSON.parse((await call(`GET /v1/admin/bulk/${path.split('/').at(-1)}/`)).text)
  assert.deepEqual(
    [job.kind, job.status, job.changed, job.organisation_id],
    ['permitted_clients', 'Finished', 2, undefined],
  )
})

const ADMIN: Pick<Parameters<SignInServer['addUser']>[0], 'role' | 'flags'> = {
  role: 'admin',
  flags: ['allow_modify_clients'],
}
