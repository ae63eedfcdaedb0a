import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import { type CredentialScene, type Shown, startCredentialScene } from '../../testing/credential-scene.ts'

const AUDIT = statement<{ readonly action: string; readonly actor_name: string; readonly details: object }>(
  'test.audit-of-checkouts',
  `select action, actor_name, details from audit_record where action = 'login_credential.checkout' order by id`,
)
const REFUSALS = statement<{
  readonly action: string
  readonly actor_name: string
  readonly object: string
  readonly details: object
}>(
  'test.audit-of-refused-uses',
  `select action, actor_name, object_id as object, details from audit_record where action like 'login_credential.%_refused' order by id`,
)
const BREAK_AUDIT = statement(
  'test.break-audit',
  `alter table audit_record add constraint broken check (action <> 'login_credential.checkout')`,
)
const DAMAGE = statement('test.damage-secret', `update login_credential set sealed_secret = 'e1.AAAA' where id = $1`)

const HOUR_MS = 60 * 60 * 1000

async function prepare(scene: CredentialScene) {
  const source = await scene.makeDataSource('payroll', { stewards: ['sam'] })
  const account = await scene.makeCredentials('payroll account', { password: 'tiger' }, source.id)
  const checkOut = (caller: keyof CredentialScene['callers'], body: object = { dataSource: source.id }) =>
    scene.call(scene.callers[caller], `POST /v1/logincredentials/${account.id}/checkout`, body)
  return { source, account, checkOut }
}

test('hands the secret to stewards, makers, admins with the flag and whom a rule allows, and writes each down', async () => {
  await using scene = await startCredentialScene()
  const { source, account, checkOut } = await prepare(scene)
  const { bob } = scene.callers
  for (const caller of ['bob', 'admin'] as const) assert.equal((await checkOut(caller)).outcome, '403 Forbidden')
  assert.equal((await checkOut('eve')).outcome, '404 Not Found')
  assert.deepEqual(await scene.database.query(AUDIT), [])
  const told = await checkOut('sam', { dataSource: source.id, reason: 'payday' })
  assert.deepEqual(told.body, {
    checkout: {
      loginCredentials: account.id,
      dataSource: source.id,
      username: 'app',
      password: 'tiger',
      checkedOutAt: scene.clock.time / 1000,
    },
  })
  assert.equal(told.headers.get('cache-control'), 'no-store')
  for (const caller of ['ann', 'root'] as const) assert.equal((await checkOut(caller)).status, 200)
  scene.rules.mayUse = (userId, dataSource) => userId === bob.id && dataSource === source.id
  assert.equal((await checkOut('bob')).status, 200)
  assert.deepEqual(await scene.database.query(AUDIT), [
    { action: 'login_credential.checkout', actor_name: 'sam', details: { dataSource: source.id, reason: 'payday' } },
    ...['ann', 'root', 'bob'].map((actor_name) => ({
      action: 'login_credential.checkout',
      actor_name,
      details: { dataSource: source.id, reason: null },
    })),
  ])
})

test('a right to one data source gets nothing that is linked to another alone', async () => {
  await using scene = await startCredentialScene()
  const { checkOut } = await prepare(scene)
  const other = await scene.makeDataSource('other', { stewards: ['bob'] })
  assert.match((await checkOut('bob', { dataSource: other.id })).outcome, /^400 dataSource must be one that/)
  assert.equal((await checkOut('bob', { dataSource: 999_999 })).outcome, '404 Not Found')
  assert.equal((await checkOut('bob', {})).outcome, '400 dataSource field is required')
})

test('hands out nothing that cannot be written down', async () => {
  await using scene = await startCredentialScene()
  const { checkOut } = await prepare(scene)
  await scene.database.query(BREAK_AUDIT)
  const told = await checkOut('sam')
  assert.equal(told.status, 500)
  assert.doesNotMatch(told.text, /tiger/)
})

test('takes no reason that would show as more than one line', async () => {
  await using scene = await startCredentialScene()
  const { source, checkOut } = await prepare(scene)
  for (const reason of ['a\nb', '\u001b[2J', 'a\u2028b', 'x'.repeat(1001), '\ud800']) {
    assert.match((await checkOut('sam', { dataSource: source.id, reason })).outcome, /^400 reason must /)
  }
  assert.deepEqual(await scene.database.query(AUDIT), [])
})

test('asks for a reason where the organisation’s setting does', async () => {
  await using scene = await startCredentialScene()
  const { source, checkOut } = await prepare(scene)
  const set = await scene.call(scene.callers.root, 'PUT /api/settings', { checkoutReasonRequired: true })
  assert.deepEqual([set.status, set.body['checkoutReasonRequired']], [200, true])
  const reasons = [undefined, '', '  ']
  for (const reason of reasons) {
    assert.equal((await checkOut('sam', { dataSource: source.id, reason })).outcome, '400 reason field is required')
  }
  assert.equal((await checkOut('sam', { dataSource: source.id, reason: 'incident 7' })).status, 200)
})

test('writes down whom it refused what, and why, and keeps the refusal', async () => {
  await using scene = await startCredentialScene()
  const { source, account, checkOut } = await prepare(scene)
  const { root } = scene.callers
  const unlinked = await scene.makeDataSource('unlinked', { stewards: ['bob'] })
  await scene.call(root, 'PUT /api/settings', { checkoutReasonRequired: true })
  assert.equal((await checkOut('bob', { dataSource: source.id, reason: 'curious' })).status, 403)
  assert.equal((await checkOut('bob', { dataSource: unlinked.id })).status, 400)
  assert.equal((await checkOut('sam')).status, 400)
  assert.equal((await checkOut('sam', { dataSource: 999_999 })).status, 404)
  const absent = { dataSource: source.id, reason: 'x' }
  assert.equal((await scene.call(scene.callers.sam, 'POST /v1/logincredentials/999999/checkout', absent)).status, 404)
  const refusal = (
    actor_name: string,
    dataSource: number,
    more: { reason?: string; because: string; object?: number },
  ) => {
    const { reason = null, because, object = account.id } = more
    const action = 'login_credential.checkout_refused'
    return { action, actor_name, object: String(object), details: { dataSource, reason, because } }
  }
  assert.deepEqual(await scene.database.query(REFUSALS), [
    refusal('bob', source.id, { reason: 'curious', because: 'login_credential.not_yours' }),
    refusal('bob', unlinked.id, { because: 'login_credential.not_linked' }),
    refusal('sam', source.id, { because: 'login_credential.field_required' }),
    refusal('sam', 999_999, { because: 'data_source.not_found' }),
    refusal('sam', source.id, { reason: 'x', because: 'login_credential.not_found', object: 999_999 }),
  ])
})

test('gives nobody more than thirty secrets an hour, however many at once, and says when to come again', async () => {
  await using scene = await startCredentialScene()
  const { source, checkOut } = await prepare(scene)
  const told = await Promise.all(Array.from({ length: 40 }, () => checkOut('sam')))
  assert.equal(told.filter(({ status }) => status === 200).length, 30)
  const refused = told.filter(({ status }) => status === 429)
  assert.equal(refused.length, 10)
  assert.equal(refused[0]?.headers.get('retry-after'), '3600')
  assert.equal((await scene.database.query(AUDIT)).length, 30)
  const written = await scene.database.query(REFUSALS)
  assert.equal(written.length, 10)
  assert.deepEqual(written[0]?.details, {
    dataSource: source.id,
    reason: null,
    because: 'login_credential.too_many',
  })
  assert.equal((await checkOut('ann')).status, 200)
  scene.clock.time += HOUR_MS
  assert.equal((await checkOut('sam')).status, 200)
})

test('serves more people whom a rule allows at once than it has connections', async () => {
  await using scene = await startCredentialScene()
  const { checkOut } = await prepare(scene)
  scene.rules.mayUse = () => true
  const told = await Promise.all(Array.from({ length: 30 }, () => checkOut('bob')))
  assert.ok(told.every(({ status }) => status === 200))
})

test('tells those that have no password from those whose password is damaged', async () => {
  await using scene = await startCredentialScene()
  const { source, account, checkOut } = await prepare(scene)
  const trusted = { name: 'by host', trusted: true, trustedHost: 'esvm' }
  const made = await scene.call(scene.callers.ann, 'POST /v1/logincredentials', trusted)
  const { id } = made.body['logincredentials'] as Shown
  await scene.call(scene.callers.ann, `PUT /v1/datasources/${source.id}`, { loginCredentials: [id, account.id] })
  const told = await scene.call(scene.callers.ann, `POST /v1/logincredentials/${id}/checkout`, {
    dataSource: source.id,
  })
  assert.match(told.outcome, /^409 .*trusted by their host and have no password/)
  await scene.database.query(DAMAGE, [account.id])
  assert.match((await checkOut('sam')).outcome, /^503 The secret of login credential \d+ is damaged/)
})

test('tells editors where an account is used, by how many and when last, and nobody else', async () => {
  await using scene = await startCredentialScene()
  const { source, account, checkOut } = await prepare(scene)
  const other = await scene.makeDataSource('archive')
  await scene.call(scene.callers.ann, `PUT /v1/datasources/${other.id}`, { loginCredentials: [account.id] })
  const usage = (caller: keyof CredentialScene['callers'], query = '') =>
    scene.call(scene.callers[caller], `GET /v1/logincredentials/${account.id}/usage${query}`)
  const named = ({ id, name }: Shown) => ({ id, name, url: `/v1/datasources/${id}` })
  assert.deepEqual((await usage('ann')).body, {
    metadata_: { limit: 25, offset: 0, totalCount: 2 },
    usage: {
      checkouts: 0,
      users: 0,
      dataSources: [
        { ...named(other), checkouts: 0 },
        { ...named(source), checkouts: 0 },
      ],
    },
  })
  await checkOut('ann')
  await checkOut('sam')
  scene.clock.time += 60_000
  await checkOut('sam')
  const at = scene.clock.time / 1000
  const { sam } = scene.callers
  assert.deepEqual((await usage('sam', '?offset=1&limit=1')).body, {
    metadata_: { limit: 1, offset: 1, totalCount: 2 },
    usage: {
      checkouts: 3,
      users: 2,
      lastCheckout: {
        at,
        by: { id: sam.id, name: 'sam', type: 'person', url: `/api/users/${sam.id}` },
        dataSource: source.id,
      },
      dataSources: [{ ...named(source), checkouts: 3, lastCheckoutAt: at }],
    },
  })
  assert.equal((await usage('bob')).outcome, '403 Forbidden')
  assert.equal((await usage('eve')).outcome, '404 Not Found')
})
