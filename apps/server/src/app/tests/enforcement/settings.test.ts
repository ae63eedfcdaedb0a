import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import { set } from '../../testing/batching.ts'
import { startModelServer } from '../../testing/model-server.ts'
import { FORMATS } from '../../testing/wire-format.ts'

const RECORDS = statement<{ details: object }>(
  'test.list-settings-records',
  "select details from audit_record where action = 'settings.change' order by id",
)

const DEFAULTS = {
  batchedUpdates: 'false',
  localUsers: 'true',
  directoryRemovalShare: '20',
  checkoutReasonRequired: 'false',
  secretReminderDays: '180',
}

for (const format of FORMATS) {
  test(`in ${format}: changes the settings that are sent, keeps the others, and writes down each change once`, async () => {
    await using server = await startModelServer()
    const api = server.root.in(format)
    const shown = async () =>
      Object.fromEntries(Object.entries(await api.get('/api/settings')).filter(([, value]) => value !== 'null'))
    assert.deepEqual(await shown(), DEFAULTS)
    await set(api, { enforcementSchedule: '0 3 * * 1-5', directoryRemovalShare: 35 })
    await set(api, { batchedUpdates: true })
    await set(api, { batchedUpdates: true })
    const changed = {
      ...DEFAULTS,
      batchedUpdates: 'true',
      enforcementSchedule: '0 3 * * 1-5',
      directoryRemovalShare: '35',
    }
    assert.deepEqual(await shown(), changed)
    await set(api, { enforcementSchedule: null, localUsers: false })
    const { enforcementSchedule: _, ...rest } = changed
    assert.deepEqual(await shown(), { ...rest, localUsers: 'false' })
    assert.equal((await server.database.query(RECORDS)).length, 3)
  })

  test(`in ${format}: refuses a schedule that never comes, naming the field and an example`, async () => {
    await using server = await startModelServer()
    const api = server.root.in(format)
    for (const field of ['enforcementSchedule', 'directorySyncSchedule']) {
      for (const schedule of ['daily', '0 0 30 2 *', '* * * * * *']) {
        const reply = await api.send('PUT /api/settings', { settings: { [field]: schedule, localUsers: false } })
        assert.equal(reply.status, 400)
        assert.match(reply.text, new RegExp(`settings.bad_schedule.*${field}.*30 2 \\* \\* \\*`))
      }
    }
    const wrong = { settings: { directoryRemovalShare: 101 } }
    assert.equal(await api.problem('PUT /api/settings', wrong), '400 request.invalid')
    assert.equal((await api.get('/api/settings'))['localUsers'], 'true')
  })
}

test('only who may change settings does, and who may see them does', async () => {
  await using server = await startModelServer()
  const viewer = await server.signIn({ role: 'admin', flags: ['allow_view_settings'] })
  const other = await server.signIn({ role: 'admin', flags: ['allow_modify_teams'] })
  const change = { settings: { localUsers: false } }
  assert.equal((await viewer.send('GET /api/settings')).status, 200)
  assert.equal(await viewer.problem('PUT /api/settings', change), '403 access.flag_missing')
  assert.equal(await other.problem('GET /api/settings'), '403 access.flag_missing')
  assert.equal((await server.anonymous.send('GET /api/settings')).status, 401)
})

test('a change of something else does not put off what is due', async () => {
  await using server = await startModelServer()
  const { root } = server
  await set(root, { batchedUpdates: true, enforcementSchedule: '* * * * *' })
  const { nextEnforcementAt = '' } = await root.get('/api/enforcement')
  await server.runSchedules(new Date(nextEnforcementAt))
  const { nextEnforcementAt: next = '' } = await root.get('/api/enforcement')
  assert.equal(Date.parse(next) - Date.parse(nextEnforcementAt), 60_000)
  await set(root, { directoryRemovalShare: 50 })
  assert.equal((await root.get('/api/enforcement'))['nextEnforcementAt'], next)
  await set(root, { batchedUpdates: false })
  assert.equal((await root.get('/api/enforcement'))['nextEnforcementAt'], undefined)
})
