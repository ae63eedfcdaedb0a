import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Shown, startCredentialScene } from '../../testing/credential-scene.ts'

const DAY_MS = 24 * 60 * 60 * 1000

test('reminds stewards, inherited ones too, of secrets that are older than the setting, once until as long again', async () => {
  await using scene = await startCredentialScene()
  const { call, callers, clock, mails, reminders } = scene
  const group = await call(callers.ann, 'POST /v1/groups', {
    name: 'finance',
    membersType: 'datasource',
    stewards: ['bob'],
  })
  const { id: groupId } = group.body['group'] as Shown
  const source = await scene.makeDataSource('payroll', { groupId, stewards: ['sam'] })
  const old = await scene.makeCredentials('old account', { password: 'planted-secret' }, source.id)
  await scene.makeCredentials('nobody’s account')
  assert.equal((await call(callers.root, 'PUT /api/settings', { secretReminderDays: 90 })).status, 200)
  const remind = async () => {
    await scene.credentials.remind()
    for (const reminder of reminders.splice(0)) await scene.credentials.sendReminder(reminder)
    return mails.splice(0).toSorted((a, b) => (a.to < b.to ? -1 : 1))
  }
  clock.time += 90 * DAY_MS - 1000
  assert.deepEqual(await remind(), [])
  clock.time += 1000
  const sent = await remind()
  assert.deepEqual(
    sent.map(({ to }) => to),
    ['bob@example.org', 'sam@example.org'],
  )
  for (const { subject, text } of sent) {
    assert.equal(subject, 'A password should be changed')
    assert.match(
      text,
      /"old account", for 90 days; of "payroll"\n {2}https:\/\/gate\.example\/identityobject\/view\.spg/,
    )
    assert.match(text, new RegExp(`key=${old.id}\n`))
    assert.doesNotMatch(text, /planted-secret|nobody’s/)
  }
  assert.deepEqual(await remind(), [])
  clock.time += 89 * DAY_MS
  assert.deepEqual(await remind(), [])
  clock.time += DAY_MS
  assert.equal((await remind()).length, 2)
  // Changing it is what was asked for.
  await call(callers.sam, `PUT /v1/logincredentials/${old.id}`, { password: 'planted-secret-2' })
  clock.time += 89 * DAY_MS
  assert.deepEqual(await remind(), [])
})

test('lists those whose password is older than the setting, and none where it says never', async () => {
  await using scene = await startCredentialScene()
  const { call, callers, clock } = scene
  const list = async (query = '') => {
    const { body } = await call(callers.bob, `GET /v1/logincredentials?stale=true${query}`)
    return [(body['logincredentials'] as Shown[]).map(({ name }) => name), body['metadata_']]
  }
  const old = await scene.makeCredentials('old account')
  await scene.makeCredentials('older account')
  await scene.makeCredentials('trusted account', { trusted: true, password: undefined })
  clock.time += 180 * DAY_MS - 1
  const none = { limit: 25, offset: 0, totalCount: 0, stale: true }
  assert.deepEqual(await list(), [[], none])
  await scene.makeCredentials('new account')
  clock.time += 1
  assert.deepEqual(await list(), [['old account', 'older account'], { ...none, totalCount: 2 }])
  assert.deepEqual(await list('&q=older'), [['older account'], { ...none, totalCount: 1, q: 'older' }])
  await call(callers.ann, `PUT /v1/logincredentials/${old.id}`, { password: 'planted-secret-2' })
  assert.deepEqual((await list())[0], ['older account'])
  assert.equal((await call(callers.root, 'PUT /api/settings', { secretReminderDays: 181 })).status, 200)
  assert.deepEqual(await list(), [[], none])
  await call(callers.root, 'PUT /api/settings', { secretReminderDays: null })
  clock.time += 1000 * DAY_MS
  assert.deepEqual(await list(), [[], none])
})

test('reminds nobody where the setting says never, nor of what was changed before the mail went out', async () => {
  await using scene = await startCredentialScene()
  const { call, callers, clock, mails, reminders } = scene
  const source = await scene.makeDataSource('payroll', { stewards: ['sam'] })
  const { id } = await scene.makeCredentials('old account', {}, source.id)
  clock.time += 180 * DAY_MS
  await call(callers.root, 'PUT /api/settings', { secretReminderDays: null })
  await scene.credentials.remind()
  assert.deepEqual(reminders, [])
  await call(callers.root, 'PUT /api/settings', { secretReminderDays: 180 })
  await scene.credentials.remind()
  assert.deepEqual(reminders, [{ userId: callers.sam.id, credentials: [id] }])
  await call(callers.sam, `PUT /v1/logincredentials/${id}`, { password: 'new' })
  for (const reminder of reminders) await scene.credentials.sendReminder(reminder)
  assert.deepEqual(mails, [])
})

test('takes more than a chunk of them, each once, whatever runs at the same time', async () => {
  await using scene = await startCredentialScene()
  const { callers, clock, reminders } = scene
  const source = await scene.makeDataSource('payroll', { stewards: ['sam'] })
  const names = Array.from({ length: 205 }, (_, index) => `account ${index}`)
  const made = await Promise.all(names.map((name) => scene.makeCredentials(name)))
  const ids = made.map(({ id }) => id).toSorted((a, b) => a - b)
  const linked = await scene.call(callers.ann, `PUT /v1/datasources/${source.id}`, {
    loginCredentials: ids.slice(0, 100),
  })
  assert.equal(linked.status, 200)
  clock.time += 180 * DAY_MS
  await Promise.all([scene.credentials.remind(), scene.credentials.remind()])
  const reminded = reminders.flatMap(({ credentials }) => credentials)
  assert.deepEqual(
    reminded.toSorted((a, b) => a - b),
    ids.slice(0, 100),
  )
})
