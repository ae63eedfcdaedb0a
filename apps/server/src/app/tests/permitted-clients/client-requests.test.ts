import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { Principal } from '../../../kernel/principal.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { ApiClient } from '../../testing/api-client.ts'
import { BASE_URL, type CompanyScene, call, linkTo, outcome, startCompanyScene } from '../../testing/company-scene.ts'

const CLIENTS = '/people/companies/1/clients'
const REQUESTS = `${CLIENTS}/requests`

const CLEAR = statement('test.clear-requested-clients', 'delete from client_application')
// As only a superuser of the database can: the audit is append-only.
const FORGET_AUDIT = statement(
  'test.clear-request-audit',
  `do $$ begin perform set_config('session_replication_role', 'replica', true); truncate audit_record; end $$`,
)
const DISABLE = statement('test.disable-client', 'update client_application set enabled = false where client_id = $1')

const HOLD_PERMITTED = statement('test.hold-permitted', 'select from permitted_client where client_id = $1 for update')
const HOLD_REQUESTS = statement(
  'test.hold-requests',
  'select from client_request where client_id = $1 for update nowait',
)
const WAITING = statement<{ readonly waiting: number }>(
  'test.deciding-backends',
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

/** Whoever has signed in on the way to an app. */
function principal({ userId }: ApiClient, homeOrganisation = 1): Principal {
  return {
    userId,
    username: `caller ${userId}`,
    role: 'user',
    flags: new Set(),
    homeOrganisation,
    organisation: homeOrganisation,
    via: 'session',
  }
}

function request(user: ApiClient, clientId: string, reason?: string): Promise<void> {
  return scene.server.requestClient({ caller: principal(user), clientId, reason, requestId: 'r1' })
}

interface Asked {
  readonly name: string
  readonly userId: string
  readonly username: string
  readonly reason?: string
  readonly isAvailable: boolean
  readonly links: readonly { readonly rel: string; readonly href: string }[]
}

async function requests(caller = scene.callers.ann): Promise<readonly Asked[]> {
  const reply = await call(caller, `GET ${REQUESTS}`)
  assert.equal(reply.status, 200)
  return JSON.parse(reply.text).requests
}

test('shows the company’s admins who asks for what, and why, the oldest first', async () => {
  const client = await scene.addClient('Wiki')
  const { flagged, viewer } = scene.callers
  await request(flagged, client, ' for the \r\n handbook ')
  await request(viewer, client)
  const [first, second] = await requests()
  assert.deepEqual(first, {
    name: 'Wiki',
    isAvailable: true,
    userId: flagged.userId,
    username: `caller ${flagged.userId}`,
    reason: 'for the handbook',
    requestedAt: (first as { requestedAt?: string } | undefined)?.requestedAt,
    links: [
      { rel: 'client', href: linkTo(client).href },
      { rel: 'permit', href: `${BASE_URL}${REQUESTS}/${client}/${flagged.userId}/permit` },
      { rel: 'decline', href: `${BASE_URL}${REQUESTS}/${client}/${flagged.userId}/decline` },
    ],
  })
  assert.equal(second?.userId, viewer.userId)
  assert.deepEqual(await requests(scene.callers.root), await requests())
})

test('asking twice is asking once, and asking for what is permitted is nothing', async () => {
  const { flagged } = scene.callers
  const client = await scene.addClient('a')
  await request(flagged, client, 'first')
  await request(flagged, client, 'second')
  await request(flagged, await scene.addClient('b', 'permitted'))
  assert.deepEqual(
    (await requests()).map(({ name, reason }) => `${name} ${reason}`),
    ['a first'],
  )
  assert.deepEqual(await scene.audited(), [
    { organisation: 1, action: 'client_request.create', object: `client ${client}`, details: { reason: 'first' } },
  ])
})

test('refuses to ask for what no admin of the company could permit', async () => {
  const { flagged } = scene.callers
  const client = await scene.addClient('a')
  await assert.rejects(request(flagged, 'none'), { code: 'permitted_client.client_not_found' })
  await assert.rejects(request(flagged, client, 'x'.repeat(501)), { code: 'client_request.bad_reason' })
  await assert.rejects(request(flagged, client, 'a\u0000b'), { code: 'client_request.bad_reason' })
  await scene.server.database.query(DISABLE, [client])
  const message = 'This app has been disabled. Contact support for help.'
  await assert.rejects(request(flagged, client), { code: 'client_request.client_disabled', message })
  assert.deepEqual(await requests(), [])
})

test('permitting one permits the client, and so decides what everybody asked', async () => {
  const { ann, viewer, flagged } = scene.callers
  const [client, other] = [await scene.addClient('a'), await scene.addClient('b')]
  await request(flagged, client)
  await request(viewer, client)
  await request(flagged, other)
  assert.equal(await outcome(ann, `POST ${REQUESTS}/${client}/${flagged.userId}/permit`), '204')
  assert.deepEqual(await scene.standings(1), ['a: true', 'b: false'])
  assert.deepEqual(
    (await requests()).map(({ name }) => name),
    ['b'],
  )
  const { action, object, details } = (await scene.audited()).at(-1) ?? assert.fail()
  assert.deepEqual([action, object], ['client_request.permit', `client ${client}`])
  assert.deepEqual(details, { users: [flagged.userId, viewer.userId] })
  const again = await outcome(ann, `POST ${REQUESTS}/${client}/${viewer.userId}/permit`)
  assert.equal(again, '404 client_request.not_found')
})

test('two who permit what two users ask decide it once, neither in the other’s way', async () => {
  const { ann, root, viewer, flagged } = scene.callers
  const client = await scene.addClient('a')
  await request(flagged, client)
  await request(viewer, client)
  const asked = [flagged.userId, viewer.userId]
  const outcomes = await scene.server.database.transaction(async (tx) => {
    await tx.query(HOLD_PERMITTED, [client])
    const deciding = [ann, root].map((caller, index) =>
      outcome(caller, `POST ${REQUESTS}/${client}/${asked[index]}/permit`),
    )
    while (((await scene.server.database.query(WAITING))[0]?.waiting ?? 0) < 2) await setImmediate()
    // Who waits to permit holds nothing of what is asked.
    assert.equal((await tx.query(HOLD_REQUESTS, [client])).length, 2)
    return { deciding }
  })
  assert.deepEqual((await Promise.all(outcomes.deciding)).toSorted(), ['204', '404 client_request.not_found'])
  assert.deepEqual(await scene.standings(1), ['a: true'])
  assert.equal((await scene.audited()).filter(({ action }) => action === 'client_request.permit').length, 1)
})

test('declining one takes it off the list and leaves the rest', async () => {
  const { ann, viewer, flagged } = scene.callers
  const client = await scene.addClient('a')
  await request(flagged, client)
  await request(viewer, client)
  assert.equal(await outcome(ann, `POST ${REQUESTS}/${client}/${flagged.userId}/decline`), '204')
  assert.deepEqual(
    (await requests()).map(({ userId }) => userId),
    [viewer.userId],
  )
  assert.deepEqual(await scene.standings(1), ['a: false'])
  assert.equal((await scene.audited()).at(-1)?.action, 'client_request.decline')
  await request(flagged, client)
  assert.equal((await requests()).length, 2)
})

test('what is not available only a superadmin permits, who makes it available by that', async () => {
  const { root, ann, flagged } = scene.callers
  const client = await scene.addClient('a', 'unknown')
  await request(flagged, client)
  assert.deepEqual(
    (await requests()).map(({ isAvailable, links }) => [isAvailable, links.map(({ rel }) => rel).join(' ')]),
    [[false, 'client decline']],
  )
  const permit = `POST ${REQUESTS}/${client}/${flagged.userId}/permit`
  assert.equal(await outcome(ann, permit), '409 client_request.not_available')
  assert.equal((await requests()).length, 1)
  assert.equal(await outcome(root, permit), '204')
  assert.deepEqual(await scene.standings(1), ['a: true'])
  assert.deepEqual((await scene.audited()).at(-1)?.details, { users: [flagged.userId], madeAvailable: true })
})

test('a list that permits the client decides what was asked, too', async () => {
  const { ann, flagged } = scene.callers
  const client = await scene.addClient('a')
  await request(flagged, client)
  await call(ann, `PUT ${CLIENTS}/permitted`, { permittedClients: [linkTo(client)] })
  await call(ann, `PUT ${CLIENTS}/permitted`, { permittedClients: [] })
  assert.deepEqual(await requests(), [])
})

test('only who may permit decides, for their own company, while it is enabled', async () => {
  const { flagged, ...others } = scene.callers
  const client = await scene.addClient('a')
  await request(flagged, client)
  for (const act of ['permit', 'decline']) {
    const path = `${client}/${flagged.userId}/${act}`
    for (const [caller, expected] of [
      ['anonymous', '401 sign_in.required'],
      ['viewer', '403 access.flag_missing'],
      ['flagless', '403 access.flag_missing'],
      ['bob', '403 organisation.other'],
    ] as const) {
      assert.equal(await outcome(others[caller], `POST ${REQUESTS}/${path}`), expected, caller)
    }
    assert.equal(await outcome(flagged, `POST ${REQUESTS}/${path}`), '403 access.not_admin')
    const shut = `POST /people/companies/3/clients/requests/${path}`
    assert.equal(await outcome(others.root, shut), '409 organisation.target_disabled')
    const elsewhere = `POST /people/companies/2/clients/requests/${path}`
    assert.equal(await outcome(others.root, elsewhere), '404 client_request.not_found')
    const nobody = `POST ${REQUESTS}/${client}/nobody/${act}`
    assert.equal(await outcome(others.ann, nobody), '404 client_request.not_found')
  }
  assert.equal((await requests()).length, 1)
})
