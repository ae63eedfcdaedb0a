import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeBase32 } from '../../../features/sign-in/second-factor/base32.ts'
import { oneTimeCode, timeStep } from '../../../features/sign-in/second-factor/one-time-code.ts'
import { statement } from '../../../platform/database/statement.ts'
import { ANN, DEVICE, startClientScene } from '../../testing/client-server.ts'

const RECORDS = statement<{ action: string; actor_name: string; object_id: string }>(
  'test.client-records',
  `select action, actor_name, object_id from audit_record where object_type = 'connector' order by id`,
)
const COLUMNS_WITH = statement<{ total: number }>(
  'test.codes-in-the-clear',
  `select count(*)::int as total from confirmation_code where position($1::bytea in code_hash) > 0`,
)
const DISABLE = statement('test.disable-ann', `update app_user set enabled = $1 where username = 'ann'`)
const LAST_USED = statement<{ last_used_at: Date | null }>(
  'test.last-used',
  'select last_used_at from connector where id = $1',
)
const CONFIRMED = statement<{ at: Date; by: string }>(
  'test.wipe-confirmed',
  `select wipe_confirmed_at as at, username as by from connector join app_user on app_user.id = state_changed_by
   where connector.id = $1`,
)
const UNCLAIMED = statement<{ total: number }>(
  'test.unclaimed',
  'select count(*)::int as total from unclaimed_registration',
)
const LEFT = statement<{ total: number }>(
  'test.left-of-clients',
  `select ((select count(*) from connector_token) + (select count(*) from confirmation_code)
    + (select count(*) from registration_count))::int as total`,
)
const HOUR_MS = 3_600_000

test('a registration waits for its user, who confirms it by the mail’s code once', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const { id, secret } = await node.register()
  const status = await node.call('GET /v1/client/status/', { secret })
  assert.deepEqual(status.body, { connector_id: id, connector_state: 'Pending', order: 'none' })
  assert.equal((await node.call('POST /v1/client/token/', { secret })).problem, '403 connector.pending')
  const [code = ''] = await node.sendMails()
  assert.equal(node.mails[0]?.to, ANN.email)
  assert.match(node.mails[0]?.text ?? '', /https:\/\/gate\.example\/v1\/client\/confirm\/\?code=/)
  const confirmed = await node.call('POST /v1/client/confirm/', { body: { code } })
  assert.deepEqual(confirmed.body, { connector_id: id, connector_state: 'Enabled' })
  assert.equal(
    (await node.call('POST /v1/client/confirm/', { body: { code } })).problem,
    '404 connector.code_not_valid',
  )
  assert.equal((await node.call('POST /v1/client/token/', { secret })).status, 200)
  assert.deepEqual(
    (await scene.database.query(RECORDS)).map(
      ({ action, actor_name, object_id }) => `${action} ${actor_name} ${object_id}`,
    ),
    [`connector.register ann ${id}`, `connector.confirm ann ${id}`],
  )
})

test('following the link confirms nothing; the button on its page does', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const { secret } = await node.register()
  const [code = ''] = await node.sendMails()
  const page = await node.call(`GET /v1/client/confirm/?code=${code}`)
  assert.equal(page.status, 200)
  assert.match(page.text, /<form method="post" action="\/v1\/client\/confirm\/form\/">/)
  assert.match(page.text, /Ann’s phone/)
  const before = await node.call('GET /v1/client/status/', { secret })
  assert.equal(before.body['connector_state'], 'Pending')
  const body = new URLSearchParams({ code })
  assert.match((await node.call('POST /v1/client/confirm/form/', { body })).text, /can be used now/)
  const after = await node.call('GET /v1/client/status/', { secret })
  assert.equal(after.body['connector_state'], 'Enabled')
  assert.equal((await node.call('POST /v1/client/confirm/form/', { body })).status, 404)
  assert.equal((await node.call(`GET /v1/client/confirm/?code=${code}`)).status, 404)
})

test('a code expires after a day, and an invented one is none', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  await node.register()
  const [code = ''] = await node.sendMails()
  const confirm = async (body: object) => (await node.call('POST /v1/client/confirm/', { body })).problem
  assert.equal(await confirm({ code: 'invented' }), '404 connector.code_not_valid')
  assert.equal(await confirm({}), '400 request.invalid')
  scene.clock.time += 24 * HOUR_MS
  assert.equal(await confirm({ code }), '404 connector.code_not_valid')
})

test('nothing is confirmed for a user who is disabled, and nothing sent to one', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const { secret } = await node.register()
  const [code = ''] = await node.sendMails()
  await node.register()
  await scene.database.query(DISABLE, [false])
  assert.deepEqual(await node.sendMails(), [])
  const confirm = () => node.call('POST /v1/client/confirm/', { body: { code } })
  assert.equal((await confirm()).problem, '404 connector.code_not_valid')
  assert.equal((await node.call(`GET /v1/client/confirm/?code=${code}`)).status, 404)
  await scene.database.query(DISABLE, [true])
  assert.equal((await node.call('POST /v1/client/token/', { secret })).problem, '403 connector.pending')
  assert.equal((await confirm()).status, 200)
})

test('of two who use a code at once, one confirms', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  await node.register()
  const [code = ''] = await node.sendMails()
  const answers = await Promise.all([1, 2].map(() => node.call('POST /v1/client/confirm/', { body: { code } })))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 404])
})

test('codes are kept as hashes', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  await node.register()
  const [code = ''] = await node.sendMails()
  assert.deepEqual(await scene.database.query(COLUMNS_WITH, [Buffer.from(code)]), [{ total: 0 }])
})

test('an address that nobody has cannot be told from one that somebody has', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const answers: object[] = []
  for (const email of [ANN.email, 'nobody@example.org']) {
    const made = await node.call('POST /v1/client/register/', { body: { email, ...DEVICE } })
    const secret = String(made.body['connector_secret'])
    const calls = [
      await node.call('GET /v1/client/status/?wait=1', { secret }),
      await node.call('POST /v1/client/token/', { secret }),
      await node.call('POST /v1/client/wiped/', { secret }),
      await node.call('POST /v1/client/logout/', { secret }),
    ]
    answers.push({
      made: { ...made.body, connector_id: typeof made.body['connector_id'], connector_secret: secret.length },
      calls: calls.map(({ status, body }) => ({ status, ...body, connector_id: 0, requestId: '' })),
    })
  }
  assert.deepEqual(answers[0], answers[1])
  assert.equal(node.pauses.length, 2)
  await node.sendMails()
  assert.equal(node.mails.length, 1)
})

test('a disabled user registers as somebody unknown does', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  await scene.database.query(DISABLE, [false])
  await node.register()
  assert.deepEqual(await node.sendMails(), [])
  assert.deepEqual(await scene.database.query(UNCLAIMED), [{ total: 1 }])
  scene.clock.time += 91 * 24 * HOUR_MS
  await node.purge()
  assert.deepEqual(await scene.database.query(UNCLAIMED), [{ total: 0 }])
})

test('registrations are limited for an address, known or not, until the hour is over', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  for (const email of ['ANN@example.org', 'Nobody@example.org']) {
    for (let made = 0; made < 5; made += 1) await node.register(made % 2 === 0 ? email : email.toLowerCase())
    const refused = await node.call('POST /v1/client/register/', { body: { email, ...DEVICE } })
    assert.equal(refused.problem, '429 connector.too_many_registrations')
  }
  scene.clock.time += HOUR_MS
  await node.register()
})

test('registrations are limited for a source', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  for (let made = 0; made < 300; made += 10) {
    await Promise.all(Array.from({ length: 10 }, (_, index) => node.register(`a${made + index}@example.org`)))
  }
  const refused = await node.call('POST /v1/client/register/', { body: { email: 'b@example.org', ...DEVICE } })
  assert.equal(refused.problem, '429 connector.too_many_registrations')
})

test('refuses registrations that say nothing', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const register = async (fields: object) =>
    (await node.call('POST /v1/client/register/', { body: { email: ANN.email, ...DEVICE, ...fields } })).problem
  assert.equal(await register({ email: 'ann' }), '400 connector.bad_email')
  assert.equal(await register({ device_name: ' ' }), '400 connector.bad_device')
  assert.equal(await register({ platform: 'a\nb' }), '400 connector.bad_device')
  assert.equal(await register({ client_id: 7 }), '400 request.invalid')
})

test('a login makes a connector at once, by username or email address, and a logout deletes it', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  for (const username of ['ann', 'Ann@example.org']) {
    const { id, secret } = await node.logIn({ username })
    const status = await node.call('GET /v1/client/status/', { secret })
    assert.deepEqual(status.body, { connector_id: id, connector_state: 'Enabled', order: 'none' })
    assert.equal((await node.call('POST /v1/client/logout/', { secret })).status, 200)
    assert.equal((await node.call('GET /v1/client/status/', { secret })).problem, '401 connector.not_known')
    assert.equal((await node.call('POST /v1/client/logout/', { secret })).problem, '401 connector.not_known')
  }
})

test('a wrong password makes none, and is counted', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const logIn = async (fields: object) =>
    (await node.call('POST /v1/client/login/', { body: { ...DEVICE, username: 'ann', password: 'x', ...fields } }))
      .problem
  assert.equal(await logIn({ username: 'nobody' }), '401 sign_in.bad_credentials')
  assert.equal(await logIn({ password: ANN.password, organisation_id: 2 }), '401 sign_in.bad_credentials')
  for (let failures = 0; failures < 4; failures += 1) assert.equal(await logIn({}), '401 sign_in.bad_credentials')
  assert.equal(await logIn({ password: ANN.password }), '429 sign_in.locked_out')
})

test('a user with two factors needs both to log in', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const factor = '/v1/admin/second-factor/'
  const { cookie } = await node.call('POST /v1/admin/login/', { body: { email: ANN.email, password: ANN.password } })
  const { secret } = (await node.call(`POST ${factor}`, { cookie, body: {} })).body
  const code = () => oneTimeCode(decodeBase32(String(secret)), timeStep(new Date(scene.clock.time)))
  assert.equal((await node.call(`POST ${factor}verify/`, { cookie, body: { token: code() } })).status, 200)
  scene.clock.time += 30_000
  const logIn = async (fields: object) =>
    (
      await node.call('POST /v1/client/login/', {
        body: { username: 'ann', password: ANN.password, ...DEVICE, ...fields },
      })
    ).problem
  assert.equal(await logIn({}), '401 sign_in.token_required')
  assert.equal(await logIn({ token: '000000' }), '401 sign_in.bad_token')
  await node.logIn({ token: code() })
})

test('only what a login made is deleted by a logout', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const { secret } = await node.register()
  const [code = ''] = await node.sendMails()
  await node.call('POST /v1/client/confirm/', { body: { code } })
  assert.equal((await node.call('POST /v1/client/logout/', { secret })).problem, '409 connector.not_a_login')
})

test('a wipe is confirmed once or often, and only if it was ordered', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const { id, secret } = await node.logIn()
  const wiped = () => node.call('POST /v1/client/wiped/', { secret })
  assert.equal((await wiped()).problem, '409 connector.no_wipe_ordered')
  await scene.setState(id, 'Wipe')
  assert.equal((await node.call('GET /v1/client/status/', { secret })).body['order'], 'wipe')
  assert.equal((await node.call('POST /v1/client/logout/', { secret })).problem, '403 connector.wipe')
  const at = new Date(scene.clock.time)
  for (const _time of [1, 2]) {
    assert.deepEqual((await wiped()).body, { connector_id: id, connector_state: 'Wiped' })
    assert.deepEqual(await scene.database.query(CONFIRMED, [id]), [{ at, by: 'ann' }])
    scene.clock.time += 1000
  }
  const records = await scene.database.query(RECORDS)
  assert.equal(records.filter(({ action }) => action === 'connector.wiped').length, 1)
  assert.equal((await node.call('POST /v1/client/token/', { secret })).problem, '403 connector.wiped')
})

test('calls without a secret, or with one of nobody, are refused', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  for (const call of ['POST token', 'GET status', 'POST wiped', 'POST logout']) {
    const operation = call.replace(/ (.*)/, ' /v1/client/$1/')
    assert.equal((await node.call(operation)).problem, '401 connector.not_known')
    assert.equal((await node.call(operation, { secret: 'ptc_invented' })).problem, '401 connector.not_known')
  }
})

test('purging drops tokens, codes and counts that have no effect any more, and no others', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  await node.register()
  await node.sendMails()
  await node.call('POST /v1/client/token/', await node.logIn())
  const left = async () => {
    await node.purge()
    return (await scene.database.query(LEFT))[0]?.total
  }
  // A token, a code, and a count each for the address and the source.
  assert.equal(await left(), 4)
  scene.clock.time += 600_000
  assert.equal(await left(), 3)
  scene.clock.time += HOUR_MS
  assert.equal(await left(), 1)
  scene.clock.time += 24 * HOUR_MS
  assert.equal(await left(), 0)
})

test('a use is written at most once a minute', async () => {
  await using scene = await startClientScene()
  const { id, secret, at } = await (async () => {
    await using node = await scene.startNode()
    const made = await node.logIn()
    const usedAt = scene.clock.time
    await node.call('GET /v1/client/status/', made)
    return { ...made, at: usedAt }
  })()
  const lastUsed = async () => (await scene.database.query(LAST_USED, [id]))[0]?.last_used_at?.getTime()
  assert.equal(await lastUsed(), at)
  for (const [later, written] of [
    [59_999, at],
    [60_000, at + 60_000],
  ] as const) {
    scene.clock.time = at + later
    // A node writes what it has noted when it stops.
    await using node = await scene.startNode()
    await node.call('POST /v1/client/token/', { secret })
    await node[Symbol.asyncDispose]()
    assert.equal(await lastUsed(), written)
  }
})
