import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { statement } from '../../../platform/database/statement.ts'
import {
  BASE_URL,
  type CompanyCaller,
  type CompanyScene,
  call,
  linkTo,
  outcome,
  startCompanyScene,
} from '../../testing/company-scene.ts'

const CLIENTS = '/people/companies/1/clients'
const PERMITTED = `${CLIENTS}/permitted`

const CLEAR = statement('test.clear-clients', 'delete from client_application')
// As only a superuser of the database can: the audit is append-only.
const FORGET_AUDIT = statement(
  'test.clear-audit',
  `do $$ begin perform set_config('session_replication_role', 'replica', true); truncate audit_record; end $$`,
)
const USE = statement('test.use-client', 'insert into client_use values (1, $1, $2, $3, $4)')

const HOLD = statement('test.hold-clients', 'select from permitted_client for update')
const WAITING = statement<{ readonly waiting: number }>(
  'test.replacing-backends',
  `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
)

let scene: CompanyScene
before(async () => {
  scene = await startCompanyScene()
})
after(() => scene[Symbol.asyncDispose]())
beforeEach(async () => {
  await scene.server.database.query(CLEAR)
  await scene.server.database.query(FORGET_AUDIT)
})

interface Listed {
  readonly links: readonly { readonly rel: string; readonly href: string }[]
  readonly clients: readonly {
    readonly name: string
    readonly isPermitted: boolean
    readonly use: object
    readonly links: Listed['links']
  }[]
}

async function list(caller: CompanyCaller, query = ''): Promise<Listed> {
  const reply = await call(scene.callers[caller], `GET ${CLIENTS}${query}`)
  assert.equal(reply.status, 200)
  return JSON.parse(reply.text)
}

test('lists what is available in the order of the names, with links for who may do more', async () => {
  const b = await scene.addClient('b', 'permitted')
  await scene.addClient('a')
  await scene.addClient('c', 'unknown')
  const { links, clients } = await list('root')
  assert.deepEqual(links, [
    { rel: 'self', href: `${BASE_URL}${CLIENTS}` },
    { rel: 'add', href: `${BASE_URL}${CLIENTS}` },
    { rel: 'permit', href: `${BASE_URL}${PERMITTED}` },
    { rel: 'requests', href: `${BASE_URL}${CLIENTS}/requests` },
  ])
  assert.deepEqual(
    clients.map(({ name, isPermitted }) => `${name}: ${isPermitted}`),
    ['a: false', 'b: true'],
  )
  assert.deepEqual(clients[1]?.links, [
    { rel: 'self', href: `${BASE_URL}/clients/${b}` },
    { rel: 'delete', href: `${BASE_URL}${CLIENTS}/${b}` },
    { rel: 'users', href: `${BASE_URL}${CLIENTS}/${b}/users` },
  ])
  const seen = await list('viewer')
  assert.deepEqual(
    [seen.links, seen.clients[0]?.links].map((each) => each?.map(({ rel }) => rel)),
    [['self'], ['self', 'users']],
  )
})

test('pages lists, and leads from page to page', async () => {
  for (const name of ['a', 'b', 'c']) await scene.addClient(name, 'permitted')
  const { links, clients } = await list('viewer', '?page=2&page_size=1')
  assert.deepEqual(
    clients.map(({ name }) => name),
    ['b'],
  )
  assert.deepEqual(
    links.map(({ rel, href }) => `${rel} ${new URL(href).search}`),
    ['self ?page=2&page_size=1', 'prev ?page=1&page_size=1', 'next ?page=3&page_size=1'],
  )
  const first = await call(scene.callers.viewer, `GET ${CLIENTS}?page_size=1`)
  assert.equal(first.headers.get('x-total-count'), '3')
  const permitted = await call(scene.callers.ann, `GET ${PERMITTED}?page_size=2`)
  assert.equal(JSON.parse(permitted.text).permittedClients.length, 2)
  assert.equal(permitted.headers.get('link'), `<${BASE_URL}${PERMITTED}?page=2&page_size=2>;rel="next"`)
  assert.equal(await outcome(scene.callers.ann, `GET ${CLIENTS}?page_size=1001`), '400 request.invalid')
})

test('tells how many users came with a client, when first and last, and who they are', async () => {
  const used = await scene.addClient('used')
  await scene.addClient('unused')
  const [one, two] = [scene.callers.viewer.userId, scene.callers.flagged.userId]
  await scene.server.database.query(USE, [used, one, '2026-01-02T00:00:00Z', '2026-01-05T00:00:00Z'])
  await scene.server.database.query(USE, [used, two, '2026-01-01T00:00:00Z', '2026-01-03T00:00:00Z'])
  const { clients } = await list('ann')
  assert.deepEqual(
    clients.map(({ use }) => use),
    [{ users: 0 }, { users: 2, firstUsedAt: '2026-01-01T00:00:00.000Z', lastUsedAt: '2026-01-05T00:00:00.000Z' }],
  )
  const reply = await call(scene.callers.ann, `GET ${CLIENTS}/${used}/users`)
  const users = JSON.parse(reply.text).users as { userId: string; lastUsedAt: string }[]
  assert.deepEqual(
    users.map(({ userId }) => userId),
    [one, two].toSorted(),
  )
  assert.equal(users.find(({ userId }) => userId === two)?.lastUsedAt, '2026-01-03T00:00:00.000Z')
  const other = await scene.addClient('not available', 'unknown')
  const gone = await outcome(scene.callers.ann, `GET ${CLIENTS}/${other}/users`)
  assert.equal(gone, '404 permitted_client.client_not_found')
})

test('permits exactly what is sent, in one audit record of what that changed', async () => {
  const [a, b] = [await scene.addClient('a', 'permitted'), await scene.addClient('b')]
  await scene.addClient('c')
  const { ann } = scene.callers
  assert.equal(await outcome(ann, `PUT ${PERMITTED}`, { permittedClients: [linkTo(b), linkTo(b)] }), '204')
  assert.deepEqual(await scene.standings(1), ['a: false', 'b: true', 'c: false'])
  const { text } = await call(ann, `GET ${PERMITTED}`)
  assert.deepEqual(JSON.parse(text), { permittedClients: [linkTo(b)] })
  assert.deepEqual(await scene.audited(), [
    {
      organisation: 1,
      action: 'permitted_client.replace',
      object: 'organisation 1',
      details: { permitted: [b], withdrawn: [a] },
    },
  ])
  assert.equal(await outcome(ann, `PUT ${PERMITTED}`, { permittedClients: [linkTo(b)] }), '204')
  assert.equal((await scene.audited()).length, 1)
})

test('takes back what it was told, and an empty list', async () => {
  const a = await scene.addClient('a', 'permitted')
  const { ann } = scene.callers
  const told = await call(ann, `GET ${PERMITTED}`)
  assert.equal(await outcome(ann, `PUT ${PERMITTED}`, { permittedClients: [] }), '204')
  assert.deepEqual(await scene.standings(1), ['a: false'])
  assert.equal(await outcome(ann, `PUT ${PERMITTED}`, JSON.parse(told.text)), '204')
  assert.deepEqual(await scene.standings(1), ['a: true'])
  assert.equal(
    await outcome(ann, `PUT ${PERMITTED}`, { permittedClients: [{ rel: 'client', href: `clients/${a}` }] }),
    '204',
  )
})

test('permits nothing when one of the links will not do', async () => {
  await scene.addClient('a', 'permitted')
  const b = await scene.addClient('b')
  const unavailable = await scene.addClient('c', 'unknown')
  const bad: readonly [string, unknown][] = [
    ['400 permitted_client.not_available', linkTo(unavailable)],
    ['400 permitted_client.not_available', linkTo('00000000-0000-7000-8000-000000000000')],
    ['400 permitted_client.bad_link', { rel: 'client', href: `http://login.huddle.local/clients/${b}` }],
    ['400 permitted_client.bad_link', { rel: 'client', href: '' }],
    ['400 request.invalid', { rel: 'client' }],
    ['400 request.invalid', { href: linkTo(b).href }],
    ['400 request.invalid', { ...linkTo(b), rel: 'self' }],
  ]
  for (const [expected, link] of bad) {
    const permittedClients = [linkTo(b), link]
    assert.equal(await outcome(scene.callers.ann, `PUT ${PERMITTED}`, { permittedClients }), expected)
  }
  assert.deepEqual(await scene.standings(1), ['a: true', 'b: false'])
  assert.deepEqual(await scene.audited(), [])
})

test('makes a client available as often as it is told, and never takes back that it is permitted', async () => {
  const a = await scene.addClient('a', 'unknown')
  const { root, ann } = scene.callers
  assert.equal(await outcome(root, `POST ${CLIENTS}`, linkTo(a)), '200')
  assert.deepEqual(await scene.standings(1), ['a: false'])
  await call(ann, `PUT ${PERMITTED}`, { permittedClients: [linkTo(a)] })
  assert.equal(await outcome(root, `POST ${CLIENTS}`, linkTo(a)), '200')
  assert.deepEqual(await scene.standings(1), ['a: true'])
  assert.deepEqual(
    (await scene.audited()).map(({ action, object }) => `${action} ${object}`),
    [`permitted_client.add client ${a}`, 'permitted_client.replace organisation 1'],
  )
})

test('takes a client from a company, once', async () => {
  const a = await scene.addClient('a', 'permitted')
  const { root } = scene.callers
  assert.equal(await outcome(root, `DELETE ${CLIENTS}/${a}`), '200')
  assert.deepEqual(await scene.standings(1), [])
  assert.equal(await outcome(root, `DELETE ${CLIENTS}/${a}`), '404 permitted_client.client_not_found')
  assert.deepEqual(
    (await scene.audited()).map(({ action }) => action),
    ['permitted_client.remove'],
  )
})

const NOBODY = '401 sign_in.required'
const [OTHER, NO_ADMIN, NO_FLAG] = ['403 organisation.other', '403 access.not_admin', '403 access.flag_missing']
const NO_SUPERADMIN = '403 organisation.superadmin_only'
const NO_COMPANY = '404 organisation.not_found'

/** What each caller is answered, by operation, for company 1. */
const RIGHTS: Readonly<Record<string, Partial<Record<CompanyCaller, string>>>> = {
  'GET ': { root: '200', flagless: '200', ann: '200', viewer: '200', bob: OTHER, flagged: NO_ADMIN, anonymous: NOBODY },
  'GET /permitted': { root: '200', flagless: '200', ann: '200', viewer: '200', bob: OTHER, flagged: NO_ADMIN },
  'GET /{client}/users': { root: '200', flagless: '200', ann: '200', viewer: '200', bob: OTHER, flagged: NO_ADMIN },
  'GET /requests': { root: '200', flagless: '200', ann: '200', viewer: '200', bob: OTHER, flagged: NO_ADMIN },
  'PUT /permitted': { root: '204', flagless: NO_FLAG, ann: '204', viewer: NO_FLAG, bob: OTHER, flagged: NO_ADMIN },
  'POST ': {
    ...{ root: '200', flagless: NO_FLAG, ann: NO_SUPERADMIN, viewer: NO_SUPERADMIN, bob: NO_SUPERADMIN },
    ...{ flagged: NO_SUPERADMIN, anonymous: NOBODY },
  },
  'DELETE /{client}': {
    flagless: NO_FLAG,
    ann: NO_SUPERADMIN,
    bob: NO_SUPERADMIN,
    flagged: NO_SUPERADMIN,
    root: '200',
  },
}

for (const [operation, expected] of Object.entries(RIGHTS)) {
  test(`${operation.replace(' ', ' …/clients')} is for those it is for`, async () => {
    const client = await scene.addClient('a')
    const [method = '', part = ''] = operation.split(' ')
    const body = { PUT: { permittedClients: [] }, POST: linkTo(client) }[method]
    const path = `${CLIENTS}${part.replace('{client}', client)}`
    for (const [caller, answer] of Object.entries(expected)) {
      const told = await outcome(scene.callers[caller as CompanyCaller], `${method} ${path}`, body)
      assert.equal(told, answer, caller)
    }
  })
}

test('changes nothing of a disabled company, shows it without links of acts, and knows no other', async () => {
  const client = await scene.addClient('a')
  const { root, bob } = scene.callers
  const changes = [
    ['PUT /clients/permitted', { permittedClients: [] }],
    ['POST /clients', linkTo(client)],
    [`DELETE /clients/${client}`, undefined],
  ] as const
  for (const [operation, body] of changes) {
    const on = (company: number | string) => operation.replace(' ', ` /people/companies/${company}`)
    assert.equal(await outcome(root, on(3), body), '409 organisation.target_disabled')
    assert.equal(await outcome(root, on(999), body), NO_COMPANY)
    assert.equal(await outcome(root, on('one'), body), '404 request.not_found')
  }
  const shut = await call(root, 'GET /people/companies/3/clients')
  assert.deepEqual(
    JSON.parse(shut.text).links.map(({ rel }: { rel: string }) => rel),
    ['self'],
  )
  assert.equal(await outcome(root, 'GET /people/companies/999/clients'), NO_COMPANY)
  assert.equal(await outcome(bob, 'GET /people/companies/999/clients'), OTHER)
  assert.equal(await outcome(root, 'GET /people/companies/4294967297/clients'), '404 request.not_found')
})

test('two replacements at once leave one of the two lists', async () => {
  const ids = await Promise.all(['a', 'b', 'c', 'd'].map((name) => scene.addClient(name)))
  const [a = '', b = '', c = '', d = ''] = ids
  const lists = [
    [a, b],
    [c, d],
  ]
  const { database } = scene.server
  const { replacing } = await database.transaction(async (tx) => {
    await tx.query(HOLD)
    const replacing = lists.map((list) =>
      outcome(scene.callers.ann, `PUT ${PERMITTED}`, { permittedClients: list.map(linkTo) }),
    )
    while (((await database.query(WAITING))[0]?.waiting ?? 0) < 2) await setImmediate()
    return { replacing }
  })
  assert.deepEqual(await Promise.all(replacing), ['204', '204'])
  const first = ['a: true', 'b: true', 'c: false', 'd: false']
  const second = ['a: false', 'b: false', 'c: true', 'd: true']
  const left = await scene.standings(1)
  assert.ok(
    [first, second].some((each) => each.join() === left.join()),
    left.join(),
  )
})
