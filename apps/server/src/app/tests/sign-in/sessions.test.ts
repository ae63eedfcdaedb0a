import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeBase32 } from '../../../features/sign-in/second-factor/base32.ts'
import { oneTimeCode, timeStep } from '../../../features/sign-in/second-factor/one-time-code.ts'
import { statement } from '../../../platform/database/statement.ts'
import { startModelServer } from '../../testing/model-server.ts'
import { cookieOf, problemOf, type SignInServer, SUPERADMIN, startSignInServer } from '../../testing/sign-in-server.ts'

const ORIGIN = { origin: 'https://gate.example' }
const SESSIONS = '/v1/admin/sessions/'
const ANN = { username: 'ann', email: 'ann@example.org', password: 'ann’s password' }
const AUDIT = statement<{ action: string; object_type: string }>(
  'test.audit-of-sessions',
  `select action, object_type from audit_record where action ~ '^(session|sign_in[.]renew|password)' order by id`,
)
const DISABLE = statement('test.disable-for-sessions', 'update app_user set enabled = $2 where username = $1')

interface Listed {
  readonly sessions: readonly (Readonly<Record<string, unknown>> & { readonly session_id: string })[]
  readonly total: number
}

async function list(server: SignInServer, headers: Record<string, string>, query = ''): Promise<Listed> {
  const answer = await server.fetch(`${SESSIONS}${query}`, { headers })
  assert.equal(answer.status, 200)
  return (await answer.json()) as Listed
}

async function isIn(server: SignInServer, cookie: string): Promise<boolean> {
  return (await server.fetch(SESSIONS, { headers: { cookie } })).status === 200
}

test('lists one’s own sessions with where they come from, and marks the one in use', async () => {
  await using server = await startSignInServer()
  await server.addUser(ANN)
  await server.logIn(ANN)
  const old = cookieOf(
    await server.send('POST /v1/admin/login/', SUPERADMIN, { 'user-agent': `Old/${'x'.repeat(300)}` }),
  )
  server.clock.time += 90_000
  const cookie = cookieOf(await server.send('POST /v1/admin/login/', SUPERADMIN, { 'user-agent': 'New/1' }))
  const { sessions, total } = await list(server, { cookie })
  assert.equal(total, 2)
  const [first, second] = sessions
  const { session_id: id, ...facts } = first ?? { session_id: '' }
  assert.match(id, /^[0-9a-f-]{36}$/)
  assert.deepEqual(facts, {
    created_at: '2026-01-01T00:01:30.000Z',
    last_seen_at: '2026-01-01T00:01:30.000Z',
    expires_at: '2026-01-01T12:01:30.000Z',
    authenticated_at: '2026-01-01T00:01:30.000Z',
    source: '127.0.0.1',
    user_agent: 'New/1',
    current: true,
  })
  assert.equal(second?.['current'], false)
  assert.equal(String(second?.['user_agent']).length, 256)
  const page = await list(server, { cookie: old }, '?page=2&page_size=1')
  assert.deepEqual([page.total, page.sessions[0]?.['current']], [2, true])
  server.clock.time += 11 * 60 * 60_000
  assert.equal((await list(server, { cookie })).total, 2)
  server.clock.time += 2 * 60 * 60_000
  assert.equal((await list(server, { cookie })).total, 1)
  const huge = await server.fetch(`${SESSIONS}?page_size=1001`, { headers: { cookie } })
  assert.equal(await problemOf(huge), '400 request.invalid')
})

test('tells nothing by which a session could be taken over', async () => {
  await using server = await startSignInServer()
  const cookie = cookieOf(await server.logIn(SUPERADMIN))
  const text = await (await server.fetch(SESSIONS, { headers: { cookie } })).text()
  assert.ok(!text.includes(cookie.split('=')[1] ?? ''))
  const [session] = (JSON.parse(text) as Listed).sessions
  const taken = await server.fetch(SESSIONS, { headers: { cookie: `portreeve_session=${session?.session_id}` } })
  assert.equal(await problemOf(taken), '401 sign_in.not_valid')
})

test('ends one of one’s own sessions, and nobody else’s', async () => {
  await using server = await startSignInServer()
  await server.addUser(ANN)
  const ann = cookieOf(await server.logIn(ANN))
  const lost = cookieOf(await server.logIn(SUPERADMIN))
  const [lostSession] = (await list(server, { cookie: lost })).sessions
  const cookie = cookieOf(await server.logIn(SUPERADMIN))
  const end = (id: string, by: string) =>
    server.fetch(`${SESSIONS}${id}/`, { method: 'DELETE', headers: { cookie: by, ...ORIGIN } })
  const id = lostSession?.session_id ?? ''
  assert.equal(await problemOf(await end(id, ann)), '404 session.not_found')
  assert.equal(await problemOf(await end('1', cookie)), '404 session.not_found')
  assert.equal((await end(id, cookie)).status, 200)
  assert.equal(await problemOf(await end(id, cookie)), '404 session.not_found')
  assert.deepEqual([await isIn(server, lost), await isIn(server, cookie), await isIn(server, ann)], [false, true, true])
})

test('ends all sessions but the one in use; all of them for an access token', async () => {
  await using server = await startSignInServer()
  await server.addUser(ANN)
  const ann = cookieOf(await server.logIn(ANN))
  const lost = cookieOf(await server.logIn(SUPERADMIN))
  const bearer = await server.bearer()
  const cookie = cookieOf(await server.logIn(SUPERADMIN))
  const endOthers = (headers: Record<string, string>) => server.fetch(SESSIONS, { method: 'DELETE', headers })
  assert.equal(await problemOf(await endOthers({ cookie })), '403 sign_in.bad_origin')
  assert.equal((await endOthers({ cookie, ...ORIGIN })).status, 200)
  assert.deepEqual([await isIn(server, lost), await isIn(server, cookie), await isIn(server, ann)], [false, true, true])
  assert.equal((await endOthers(bearer)).status, 200)
  assert.deepEqual([await isIn(server, cookie), await isIn(server, ann)], [false, true])
})

test('ends all sessions of a user for those who may set the user’s password', async () => {
  await using server = await startSignInServer()
  const annId = await server.addUser(ANN)
  const clerk = { username: 'clerk', email: 'clerk@example.org', password: 'clerk’s password' }
  const clerkId = await server.addUser({ ...clerk, role: 'admin', flags: ['allow_modify_users'] })
  const reader = { username: 'reader', email: 'reader@example.org', password: 'reader’s password' }
  await server.addUser({ ...reader, role: 'admin', flags: ['allow_view_users'] })
  const admin = { username: 'adm', email: 'adm@example.org', password: 'adm’s password' }
  await server.addUser({ ...admin, role: 'admin', flags: ['allow_modify_admins'] })
  const rootAnswer = await server.logIn(SUPERADMIN)
  const { user_id: rootId } = (await rootAnswer.json()) as { user_id: string }
  const asClerk = await server.bearer(clerk)
  const asAdmin = await server.bearer(admin)
  const cookies = [cookieOf(await server.logIn(ANN)), cookieOf(await server.logIn(ANN))]
  const end = (id: string, headers: Record<string, string>) =>
    server.fetch(`/v1/admin/users/${id}/sessions/`, { method: 'DELETE', headers })
  assert.equal(await problemOf(await end(annId, await server.bearer(reader))), '403 access.flag_missing')
  assert.equal(await problemOf(await end(annId, asAdmin)), '403 access.flag_missing')
  assert.equal((await end(annId, asClerk)).status, 200)
  for (const cookie of cookies) assert.equal(await isIn(server, cookie), false)
  assert.equal(await problemOf(await end(rootId, asClerk)), '403 access.flag_missing')
  assert.equal(await problemOf(await end(rootId, asAdmin)), '403 sign_in.superadmin_only')
  assert.equal((await end(clerkId, asAdmin)).status, 200)
  assert.equal((await end(clerkId, asClerk)).status, 200)
  assert.equal(await problemOf(await end('nobody', asClerk)), '404 sign_in.user_not_found')
  const own = cookieOf(await server.logIn(ANN))
  assert.equal((await end(annId, { cookie: own, ...ORIGIN })).status, 200)
  assert.equal(await isIn(server, own), false)
})

test('users of other organisations are not there to be signed out', async () => {
  await using server = await startSignInServer()
  const root = await server.bearer()
  await server.send('POST /v1/admin/organisations/', { name: 'two' }, root)
  const annId = await server.addUser({ ...ANN, organisation: 2 })
  const ann = cookieOf(await server.logIn(ANN))
  const end = (query: string) =>
    server.fetch(`/v1/admin/users/${annId}/sessions/${query}`, { method: 'DELETE', headers: root })
  assert.equal(await problemOf(await end('')), '404 sign_in.user_not_found')
  assert.equal((await end('?organisation=2')).status, 200)
  assert.equal(await isIn(server, ann), false)
})

test('a session dies with its organisation, at once and for good', async () => {
  await using server = await startSignInServer()
  const root = await server.bearer()
  await server.send('POST /v1/admin/organisations/', { name: 'two' }, root)
  await server.addUser({ ...ANN, organisation: 2 })
  const cookie = cookieOf(await server.logIn(ANN))
  const other = cookieOf(await server.logIn(SUPERADMIN))
  const enable = (enabled: boolean) => server.send('PUT /v1/admin/organisations/2/', { enabled }, root)
  assert.equal((await enable(false)).status, 200)
  assert.equal(await problemOf(await server.fetch(SESSIONS, { headers: { cookie } })), '403 organisation.disabled')
  assert.equal((await enable(true)).status, 200)
  assert.equal(await problemOf(await server.fetch(SESSIONS, { headers: { cookie } })), '401 sign_in.not_valid')
  assert.equal(await isIn(server, other), true)
})

test('a session of a disabled user is refused at once', async () => {
  await using server = await startSignInServer()
  await server.addUser(ANN)
  const cookie = cookieOf(await server.logIn(ANN))
  await server.database.query(DISABLE, ['ann', false])
  assert.equal(await problemOf(await server.fetch(SESSIONS, { headers: { cookie } })), '401 sign_in.not_valid')
})

test('nor does it come back when the user is enabled again', async () => {
  await using server = await startModelServer()
  const { root } = server
  const { entityId } = await root.change('POST /api/users', { user: ANN })
  const { email, password } = ANN
  const begun = await fetch(`${root.url}/v1/admin/login/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  const look = () => fetch(`${root.url}${SESSIONS}`, { headers: { cookie: cookieOf(begun) } })
  assert.equal((await look()).status, 200)
  for (const act of ['disable', 'enable']) {
    await root.change(`PUT /api/users/${entityId}/${act}`)
    assert.equal(await problemOf(await look()), '401 sign_in.not_valid', act)
  }
})

test('a new password ends all sessions, the one that set it included', async () => {
  await using server = await startSignInServer()
  const annId = await server.addUser(ANN)
  const cookies = [cookieOf(await server.logIn(ANN)), cookieOf(await server.logIn(ANN))]
  const other = cookieOf(await server.logIn(SUPERADMIN))
  const body = { password: 'the new one', currentPassword: ANN.password }
  const set = await server.send(`PUT /api/users/${annId}/password`, body, { cookie: cookies[0] ?? '', ...ORIGIN })
  assert.equal(set.status, 204)
  for (const cookie of cookies) assert.equal(await isIn(server, cookie), false)
  assert.equal(await isIn(server, other), true)
})

test('the password makes a session as fresh as a new one, for ten minutes', async () => {
  await using server = await startSignInServer()
  const cookie = cookieOf(await server.logIn(SUPERADMIN))
  const again = (body: unknown) => server.send('POST /v1/admin/reauthenticate/', body, { cookie, ...ORIGIN })
  const isFresh = async () =>
    (await server.send('POST /v1/admin/second-factor/', {}, { cookie, ...ORIGIN })).status === 200
  server.clock.time += 11 * 60_000
  assert.equal(await isFresh(), false)
  assert.equal(await problemOf(await again({})), '400 request.invalid')
  assert.equal(await problemOf(await again({ password: 'wrong' })), '403 sign_in.wrong_password')
  assert.equal(await isFresh(), false)
  assert.deepEqual(await (await again({ password: SUPERADMIN.password })).json(), {
    authenticated_at: '2026-01-01T00:11:00.000Z',
    fresh_until: '2026-01-01T00:21:00.000Z',
  })
  server.clock.time += 10 * 60_000
  assert.equal(await isFresh(), true)
  server.clock.time += 1
  assert.equal(await isFresh(), false)
  const records = (await server.database.query(AUDIT)).map(({ action }) => action)
  assert.deepEqual(records, ['password.fail', 'sign_in.renew'])
})

test('with two-factor on, the password alone makes no session fresh', async () => {
  await using server = await startSignInServer()
  const cookie = cookieOf(await server.logIn(SUPERADMIN))
  const send = (operation: string, body: unknown) => server.send(operation, body, { cookie, ...ORIGIN })
  const enrolled = (await (await send('POST /v1/admin/second-factor/', {})).json()) as { secret: string }
  const code = () => oneTimeCode(decodeBase32(enrolled.secret), timeStep(new Date(server.clock.time)))
  assert.equal((await send('POST /v1/admin/second-factor/verify/', { token: code() })).status, 200)
  const again = (token?: string) => send('POST /v1/admin/reauthenticate/', { password: SUPERADMIN.password, token })
  assert.equal(await problemOf(await again()), '403 second_factor.token_missing')
  assert.equal(await problemOf(await again(code())), '403 second_factor.wrong_token')
  server.clock.time += 30_000
  assert.equal((await again(code())).status, 200)
})

test('guessing at the password of an open session locks the account', async () => {
  await using server = await startSignInServer()
  const cookie = cookieOf(await server.logIn(SUPERADMIN))
  const again = (password: string) => server.send('POST /v1/admin/reauthenticate/', { password }, { cookie, ...ORIGIN })
  for (let n = 0; n < 5; n++) assert.equal((await again('wrong')).status, 403)
  assert.equal(await problemOf(await again(SUPERADMIN.password)), '429 sign_in.locked_out')
  assert.equal(await problemOf(await server.logIn(SUPERADMIN)), '429 sign_in.locked_out')
})

test('records the end of sessions, and which one it was', async () => {
  await using server = await startSignInServer()
  const cookie = cookieOf(await server.logIn(SUPERADMIN))
  const headers = { cookie, ...ORIGIN }
  await server.fetch(SESSIONS, { method: 'DELETE', headers })
  const [session] = (await list(server, headers)).sessions
  await server.fetch(`${SESSIONS}${session?.session_id}/`, { method: 'DELETE', headers })
  assert.deepEqual(await server.database.query(AUDIT), [
    { action: 'session.end_all', object_type: 'user' },
    { action: 'session.end', object_type: 'session' },
  ])
})
