import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PERMISSION_FLAGS } from '../../../kernel/principal.ts'
import { statement } from '../../../platform/database/statement.ts'
import { problemOf, SUPERADMIN, startSignInServer } from '../../testing/sign-in-server.ts'

const ORGANISATIONS = '/v1/admin/organisations/'
const ANN = { username: 'ann', email: 'ann@example.org', password: 'ann’s password' }
const AUDIT = statement<{ action: string; organisation_id: number; object_id: string; details: unknown }>(
  'test.audit-of-organisations',
  `select action, organisation_id, object_id, details from audit_record where action ~ '^(organisation|admin[.]change|password)'
   order by id`,
)
const ID_OF = statement<{ id: string }>('test.id-of', 'select id from app_user where username = $1')

test('lists all organisations for a superadmin and their own for an admin', async () => {
  await using server = await startSignInServer()
  const root = await server.bearer()
  const made = await server.send(`POST ${ORGANISATIONS}`, { name: ' Two ' }, root)
  assert.equal(made.status, 200)
  const two = {
    organisation_id: 2,
    name: 'Two',
    enabled: true,
    created_at: '2026-01-01T00:00:00.000Z',
    connector_retention_period: 90,
  }
  assert.deepEqual(await made.json(), two)
  const list = await server.fetch(`${ORGANISATIONS}?page=2&page_size=1`, { headers: root })
  assert.deepEqual(await list.json(), { organisations: [two], page: 2, page_size: 1, total: 2 })
  await server.addUser({ ...ANN, organisation: 2, role: 'admin', flags: ['allow_view_settings'] })
  const own = await server.fetch(ORGANISATIONS, { headers: await server.bearer(ANN) })
  assert.deepEqual(await own.json(), { organisations: [two], page: 1, page_size: 100, total: 1 })
})

test('finds, sorts and gets organisations', async () => {
  await using server = await startSignInServer()
  const root = await server.bearer()
  for (const name of ['Öre', 'beach', 'Alder_1']) await server.send(`POST ${ORGANISATIONS}`, { name }, root)
  const names = async (query: string) => {
    const answer = await server.fetch(`${ORGANISATIONS}?${query}`, { headers: root })
    const { organisations, total } = (await answer.json()) as { organisations: { name: string }[]; total: number }
    assert.equal(total, organisations.length)
    return organisations.map(({ name }) => name)
  }
  assert.deepEqual(await names('sort=name'), ['Alder_1', 'beach', 'default', 'Öre'])
  assert.deepEqual(await names('sort=organisation_id&descending=true'), ['Alder_1', 'beach', 'Öre', 'default'])
  assert.deepEqual(await names('search=ÖR'), ['Öre'])
  assert.deepEqual(await names('search=_'), ['Alder_1'])
  const wrong = await server.fetch(`${ORGANISATIONS}?sort=enabled`, { headers: root })
  assert.equal(await problemOf(wrong), '400 request.invalid')
  const get = (id: string, headers = root) => server.fetch(`${ORGANISATIONS}${id}/`, { headers })
  assert.equal(((await (await get('3')).json()) as { name: string }).name, 'beach')
  assert.equal(await problemOf(await get('99')), '404 organisation.not_found')
  await server.addUser({ ...ANN, organisation: 2, role: 'admin', flags: ['allow_view_settings'] })
  const ann = await server.bearer(ANN)
  assert.equal((await get('2', ann)).status, 200)
  assert.equal(await problemOf(await get('3', ann)), '404 organisation.not_found')
})

test('tells the rights of a user, and who is signed in', async () => {
  await using server = await startSignInServer()
  const root = await server.bearer()
  await server.addUser({ ...ANN, role: 'user', flags: [] })
  const ann = await server.bearer(ANN)
  const [row] = await server.database.query(ID_OF, ['ann'])
  const get = (path: string, headers: typeof root) => server.fetch(path, { headers })
  const rights = await get(`/api/users/${row?.id}/admin`, root)
  assert.deepEqual(await rights.json(), { id: row?.id, username: 'ann', role: 'user', flags: [] })
  assert.equal((await get(`/api/users/${row?.id}/admin`, ann)).status, 200)
  const session = (await (await get('/v1/admin/session/', ann)).json()) as Record<string, unknown>
  assert.deepEqual([session['user_id'], session['role'], session['acting_organisation_id']], [row?.id, 'user', 1])
  assert.equal(session['authenticated_at'], undefined)
  const [admin] = await server.database.query(ID_OF, ['admin'])
  assert.equal(await problemOf(await get(`/api/users/${admin?.id}/admin`, ann)), '403 access.flag_missing')
  assert.equal(await problemOf(await get('/api/users/nobody/admin', root)), '404 admin.user_not_found')
})

test('refuses what organisations cannot be', async () => {
  await using server = await startSignInServer()
  const root = await server.bearer()
  assert.equal(
    await problemOf(await server.send(`POST ${ORGANISATIONS}`, { name: 'DEFAULT' }, root)),
    '409 organisation.name_taken',
  )
  assert.equal(
    await problemOf(await server.send(`POST ${ORGANISATIONS}`, { name: ' ' }, root)),
    '400 organisation.bad_name',
  )
  assert.equal(await problemOf(await server.send(`POST ${ORGANISATIONS}`, { title: 'x' }, root)), '400 request.invalid')
  const huge = await server.fetch(`${ORGANISATIONS}?page_size=1000000000`, { headers: root })
  assert.equal(await problemOf(huge), '400 request.invalid')
})

test('renames and disables an organisation, and records both with the change', async () => {
  await using server = await startSignInServer()
  const root = await server.bearer()
  await server.send(`POST ${ORGANISATIONS}`, { name: 'two' }, root)
  await server.send(`POST ${ORGANISATIONS}`, { name: 'three' }, root)
  const put = (id: string, body: unknown) => server.send(`PUT ${ORGANISATIONS}${id}/`, body, root)
  assert.equal(((await (await put('2', { name: 'second' })).json()) as { name: string }).name, 'second')
  assert.equal(((await (await put('2', { enabled: false })).json()) as { enabled: boolean }).enabled, false)
  assert.equal(await problemOf(await put('2', { name: 'Three' })), '409 organisation.name_taken')
  assert.equal(await problemOf(await put('99', { enabled: false })), '404 organisation.not_found')
  assert.equal(await problemOf(await put('two', { enabled: false })), '404 organisation.not_found')
  assert.equal(await problemOf(await put('99999999999', { enabled: false })), '404 organisation.not_found')
  assert.equal(await problemOf(await put('1', { enabled: false })), '409 organisation.own')
  assert.equal(await problemOf(await put('2', { enabled: 'maybe' })), '400 request.invalid')
  const records = await server.database.query(AUDIT)
  assert.deepEqual(
    records.map(({ action, object_id }) => `${action} ${object_id}`),
    ['organisation.create 2', 'organisation.create 3', 'organisation.change 2', 'organisation.change 2'],
  )
  assert.deepEqual(records[3]?.details, {
    before: { name: 'second', enabled: true, connectorRetentionPeriod: 90 },
    after: { name: 'second', enabled: false, connectorRetentionPeriod: 90 },
  })
})

test('keeps the retention period of connectors within 1 to 3650 days', async () => {
  await using server = await startSignInServer()
  const root = await server.bearer()
  const days = async (operation: string, body: object) => {
    const answer = await server.send(operation, body, root)
    const said = (await answer.json()) as { error?: string; connector_retention_period?: number }
    return said.connector_retention_period ?? said.error
  }
  const two = `PUT ${ORGANISATIONS}2/`
  const error = 'organisation.bad_retention_period'
  assert.equal(await days(`POST ${ORGANISATIONS}`, { name: 'none', connector_retention_period: 0 }), error)
  assert.equal(await days(`POST ${ORGANISATIONS}`, { name: 'two', connector_retention_period: 30 }), 30)
  assert.equal(await days(two, { name: 'second' }), 30)
  assert.equal(await days(two, { connector_retention_period: 3650 }), 3650)
  for (const bad of [0, -1, 3651]) assert.equal(await days(two, { connector_retention_period: bad }), error)
  for (const bad of [1.5, '90', null])
    assert.equal(await days(two, { connector_retention_period: bad }), 'request.invalid')
  assert.equal(await days(two, {}), 3650)
})

test('an admin changes no organisation, and a user sees none', async () => {
  await using server = await startSignInServer()
  await server.addUser({ ...ANN, role: 'admin', flags: ['allow_modify_settings'] })
  const ann = await server.bearer(ANN)
  const put = await server.send(`PUT ${ORGANISATIONS}1/`, { name: 'x' }, ann)
  assert.equal(await problemOf(put), '403 organisation.superadmin_only')
  const post = await server.send(`POST ${ORGANISATIONS}`, { name: 'x' }, ann)
  assert.equal(await problemOf(post), '403 organisation.superadmin_only')
  const bob = { username: 'bob', email: 'bob@example.org', password: 'bob’s password' }
  await server.addUser({ ...bob, flags: ['allow_view_settings'] })
  const list = await server.fetch(ORGANISATIONS, { headers: await server.bearer(bob) })
  assert.equal(await problemOf(list), '403 access.flag_missing')
})

test('gives a user a role and flags, which hold at once', async () => {
  await using server = await startSignInServer()
  const root = await server.bearer()
  const id = await server.addUser(ANN)
  const ann = await server.bearer(ANN)
  assert.equal((await server.fetch(ORGANISATIONS, { headers: ann })).status, 403)
  const rights = { role: 'admin', flags: ['allow_view_settings', 'allow_modify_users'] }
  const put = await server.send(`PUT /api/users/${id}/admin`, rights, root)
  assert.deepEqual(await put.json(), {
    id,
    username: 'ann',
    role: 'admin',
    flags: ['allow_modify_users', 'allow_view_settings'],
  })
  assert.equal((await server.fetch(ORGANISATIONS, { headers: ann })).status, 200)
  assert.equal((await server.database.query(AUDIT))[0]?.action, 'admin.change')
})

test('refuses rights that the caller may not give', async () => {
  await using server = await startSignInServer()
  const root = await server.bearer()
  await server.addUser({ ...ANN, role: 'admin', flags: ['allow_modify_admins'] })
  const bob = await server.addUser({ username: 'bob' })
  const [superadmin] = await server.database.query(ID_OF, ['admin'])
  const ann = await server.bearer(ANN)
  const put = async (caller: { authorization: string }, id: string | undefined, rights: string) => {
    const [role, ...flags] = rights.split(' ')
    return problemOf(await server.send(`PUT /api/users/${id}/admin`, { role, flags }, caller))
  }
  assert.equal(await put(ann, bob, 'admin allow_modify_teams'), '403 admin.flag_not_held')
  assert.equal(await put(ann, bob, 'superadmin'), '403 admin.superadmin_only')
  assert.equal(await put(ann, superadmin?.id, 'user'), '403 admin.superadmin_only')
  assert.equal(await put(ann, bob, 'user allow_modify_admins'), '400 admin.flags_without_role')
  assert.equal(await put(ann, bob, 'king'), '400 request.invalid')
  assert.equal(await put(ann, bob, 'admin allow_everything'), '400 request.invalid')
  assert.equal(await put(root, '0190a6f0-0000-7000-8000-000000000001', 'admin'), '404 admin.user_not_found')
  assert.equal(await put(root, 'bob', 'admin'), '404 admin.user_not_found')
  const other = await server.addUser({ username: 'eve', email: 'eve@example.org', password: 'eve’s password' })
  const eve = await server.bearer({ email: 'eve@example.org', password: 'eve’s password' })
  assert.equal(await put(eve, other, 'admin'), '403 access.flag_missing')
})

test('of two superadmins who unmake each other at once, one remains', async () => {
  await using server = await startSignInServer()
  const annId = await server.addUser({ ...ANN, role: 'superadmin', flags: PERMISSION_FLAGS })
  const [admin] = await server.database.query(ID_OF, ['admin'])
  const callers = [await server.bearer(), await server.bearer(ANN)]
  const user = { role: 'user', flags: [] }
  const answers = await Promise.all([
    server.send(`PUT /api/users/${annId}/admin`, user, callers[0]),
    server.send(`PUT /api/users/${admin?.id}/admin`, user, callers[1]),
  ])
  const statuses = answers.map(({ status }) => status).sort()
  assert.equal(statuses[0], 200)
  assert.notEqual(statuses[1], 200)
})

test('the last superadmin stays, whoever asks', async () => {
  await using server = await startSignInServer()
  const [admin] = await server.database.query(ID_OF, ['admin'])
  const put = async (role: string, flags: readonly string[]) =>
    problemOf(await server.send(`PUT /api/users/${admin?.id}/admin`, { role, flags }, await server.bearer()))
  assert.equal(await put('user', []), '409 admin.own_last_right')
  assert.equal(await put('admin', PERMISSION_FLAGS), '409 admin.last_superadmin')
  assert.equal(await put('superadmin', ['allow_view_audit']), '409 admin.last_superadmin')
})

test('one changes one’s own password knowing it, which ends one’s sessions', async () => {
  await using server = await startSignInServer()
  const id = await server.addUser(ANN)
  const headers = await server.bearer(ANN)
  const put = (body: unknown) => server.send(`PUT /api/users/${id}/password`, body, headers)
  assert.equal(await problemOf(await put({ password: 'the new one' })), '403 sign_in.wrong_password')
  assert.equal(
    await problemOf(await put({ password: 'the new one', currentPassword: 'x' })),
    '403 sign_in.wrong_password',
  )
  assert.equal(
    await problemOf(await put({ password: 'short', currentPassword: ANN.password })),
    '400 sign_in.bad_password',
  )
  assert.equal((await put({ password: 'the new one', currentPassword: ANN.password })).status, 204)
  assert.equal((await server.logIn(ANN)).status, 401)
  assert.equal((await server.logIn({ ...ANN, password: 'the new one' })).status, 200)
  const records = JSON.stringify(await server.database.query(AUDIT))
  assert.match(records, /password.fail.*password.change/)
  assert.doesNotMatch(records, /the new one|argon2/)
})

test('setting another’s password takes what appointing them takes', async () => {
  await using server = await startSignInServer()
  await server.addUser({ ...ANN, role: 'admin', flags: ['allow_modify_users'] })
  const ann = await server.bearer(ANN)
  const [admin] = await server.database.query(ID_OF, ['admin'])
  const bob = await server.addUser({ username: 'bob', email: 'bob@example.org' })
  const carl = await server.addUser({ username: 'carl', email: 'carl@example.org', role: 'admin' })
  const mute = await server.addUser({ username: 'mute' })
  const twin = await server.addUser({ username: 'twin', email: 'ROOT@example.org' })
  const put = (id: string | undefined, headers: Record<string, string>) =>
    server.send(`PUT /api/users/${id}/password`, { password: 'brand new password' }, headers)
  assert.equal((await put(bob, ann)).status, 204)
  assert.equal((await server.logIn({ email: 'bob@example.org', password: 'brand new password' })).status, 200)
  assert.equal(await problemOf(await put(carl, ann)), '403 access.flag_missing')
  assert.equal(await problemOf(await put(admin?.id, ann)), '403 access.flag_missing')
  assert.equal(await problemOf(await put(mute, ann)), '409 sign_in.email_missing')
  assert.equal(await problemOf(await put(twin, ann)), '409 sign_in.email_taken')
  assert.equal(await problemOf(await put('nobody', ann)), '404 sign_in.user_not_found')
  const dora = { username: 'dora', email: 'dora@example.org', password: 'dora’s password' }
  await server.addUser({ ...dora, role: 'admin', flags: ['allow_modify_admins'] })
  const doraHeaders = await server.bearer(dora)
  assert.equal((await put(carl, doraHeaders)).status, 204)
  assert.equal(await problemOf(await put(admin?.id, doraHeaders)), '403 sign_in.superadmin_only')
  assert.equal(await problemOf(await put(admin?.id, await server.bearer())), '403 sign_in.wrong_password')
  assert.equal((await server.logIn(SUPERADMIN)).status, 200)
})
