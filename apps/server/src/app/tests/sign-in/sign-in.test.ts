import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import { cookieOf, problemOf, SUPERADMIN, startSignInServer } from '../../testing/sign-in-server.ts'

const OWN = { origin: 'https://gate.example' }
const AUDIT = statement<{ action: string; actor_name: string; details: unknown }>(
  'test.audit',
  'select action, actor_name, details from audit_record order by id',
)
const DISABLE_USER = statement('test.disable-user', 'update app_user set enabled = false where username = $1')
const DISABLE_HOME = statement('test.disable-organisation', 'update organisation set enabled = false where id = $1')
const ADD_ORGANISATION = statement('test.add-organisation', 'insert into organisation (id, name) values ($1, $2)')
const SECRETS = statement<{ token_hash: Buffer }>(
  'test.secrets',
  'select token_hash from session union all select token_hash from access_token',
)

test('signs in with email and password, and says who that is', async () => {
  await using server = await startSignInServer()
  const answer = await server.logIn({ ...SUPERADMIN, email: 'Root@Example.ORG' })
  assert.equal(answer.status, 200)
  assert.match(
    answer.headers.get('set-cookie') ?? '',
    /^portreeve_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
  )
  const body = (await answer.json()) as Record<string, unknown>
  assert.equal(body['username'], 'admin')
  assert.equal(body['role'], 'superadmin')
  assert.equal(body['organisation_id'], 1)
  assert.equal((body['flags'] as string[]).length, 9)
  assert.equal(body['expires_at'], '2026-01-01T12:00:00.000Z')
})

test('answers a wrong password and an unknown address alike', async () => {
  await using server = await startSignInServer()
  const wrong = await server.logIn({ ...SUPERADMIN, password: 'wrong' })
  const unknown = await server.logIn({ email: 'nobody@example.org', password: 'wrong' })
  assert.equal(wrong.status, 401)
  assert.equal(unknown.status, 401)
  const bodies = [await wrong.json(), await unknown.json()] as Record<string, unknown>[]
  assert.equal(bodies[0]?.['error'], 'sign_in.bad_credentials')
  assert.equal(bodies[0]?.['message'], bodies[1]?.['message'])
})

test('refuses a log-in without a password, or from a page of somebody else', async () => {
  await using server = await startSignInServer()
  assert.equal(await problemOf(await server.send('POST /v1/admin/login/', { email: 'a@b' })), '400 request.invalid')
  const foreign = await server.send('POST /v1/admin/login/', SUPERADMIN, { origin: 'https://evil.example' })
  assert.equal(await problemOf(foreign), '403 sign_in.bad_origin')
})

test('tells only who knows the password that an account is disabled', async () => {
  await using server = await startSignInServer()
  await server.database.query(DISABLE_USER, ['admin'])
  assert.equal(await problemOf(await server.logIn(SUPERADMIN)), '403 sign_in.account_disabled')
  const wrong = await server.logIn({ ...SUPERADMIN, password: 'wrong' })
  assert.equal(await problemOf(wrong), '401 sign_in.bad_credentials')
})

test('locks an account for longer and longer, the right password included, and opens it again', async () => {
  await using server = await startSignInServer()
  const wrong = { ...SUPERADMIN, password: 'wrong' }
  for (let n = 0; n < 5; n++) assert.equal((await server.logIn(wrong)).status, 401)
  const locked = await server.logIn(SUPERADMIN)
  assert.equal(locked.headers.get('retry-after'), '1')
  assert.equal(await problemOf(locked), '429 sign_in.locked_out')
  server.clock.time += 1000
  assert.equal((await server.logIn(wrong)).status, 401)
  assert.equal((await server.logIn(SUPERADMIN)).headers.get('retry-after'), '2')
  server.clock.time += 2000
  assert.equal((await server.logIn(SUPERADMIN)).status, 200)
  assert.equal((await server.logIn(wrong)).status, 401)
})

test('lets no more guesses through when they all come at once', async () => {
  await using server = await startSignInServer()
  const attempts = Array.from({ length: 12 }, () => server.logIn({ ...SUPERADMIN, password: 'wrong' }))
  const statuses = (await Promise.all(attempts)).map(({ status }) => status)
  assert.equal(statuses.filter((status) => status === 401).length, 5)
  assert.equal(statuses.filter((status) => status === 429).length, 7)
})

test('locks unknown accounts, too', async () => {
  await using server = await startSignInServer()
  const unknown = { email: 'nobody@example.org', password: 'wrong' }
  for (let n = 0; n < 5; n++) assert.equal((await server.logIn(unknown)).status, 401)
  assert.equal((await server.logIn(unknown)).status, 429)
})

test('records successes and failures, and what was typed for neither', async () => {
  await using server = await startSignInServer()
  await server.logIn({ email: 'my password', password: 'secret-typed' })
  await server.logIn({ ...SUPERADMIN, password: 'secret-typed' })
  await server.logIn(SUPERADMIN)
  const records = await server.database.query(AUDIT)
  assert.deepEqual(
    records.map(({ action, actor_name }) => `${action} ${actor_name}`),
    ['admin.bootstrap portreeve', 'sign_in.fail unknown', 'sign_in.fail admin', 'sign_in.succeed admin'],
  )
  assert.doesNotMatch(JSON.stringify(records), /secret-typed|my password|correct horse|argon2/)
})

test('a session works until it is logged out of, and rotates at log-in', async () => {
  await using server = await startSignInServer()
  const first = cookieOf(await server.logIn(SUPERADMIN))
  assert.equal((await server.fetch('/api/tokens', { headers: { cookie: first } })).status, 200)
  const second = cookieOf(await server.send('POST /v1/admin/login/', SUPERADMIN, { cookie: first }))
  assert.equal((await server.fetch('/api/tokens', { headers: { cookie: first } })).status, 401)
  const out = await server.fetch('/v1/admin/logout/', { method: 'POST', headers: { cookie: second, ...OWN } })
  assert.equal(out.status, 200)
  assert.match(out.headers.get('set-cookie') ?? '', /^portreeve_session=; .*Max-Age=0/)
  const after = await server.fetch('/api/tokens', { headers: { cookie: second } })
  assert.equal(await problemOf(after), '401 sign_in.not_valid')
})

test('a session ends after 12 hours unused, and after 7 days in any case', async () => {
  await using server = await startSignInServer()
  const cookie = cookieOf(await server.logIn(SUPERADMIN))
  const status = async () => (await server.fetch('/api/tokens', { headers: { cookie } })).status
  const hours = (count: number) => count * 60 * 60 * 1000
  for (let n = 0; n < 15; n++) {
    server.clock.time += hours(11)
    assert.equal(await status(), 200)
  }
  server.clock.time += hours(4)
  assert.equal(await status(), 401)
  const idle = cookieOf(await server.logIn(SUPERADMIN))
  server.clock.time += hours(12)
  assert.equal((await server.fetch('/api/tokens', { headers: { cookie: idle } })).status, 401)
})

test('a change with a session must come from our own pages', async () => {
  await using server = await startSignInServer()
  const cookie = cookieOf(await server.logIn(SUPERADMIN))
  const attempt = (headers: Record<string, string>) =>
    server.send('POST /api/tokens', { name: `t${Math.random()}` }, { cookie, ...headers })
  assert.equal(await problemOf(await attempt({})), '403 sign_in.bad_origin')
  assert.equal(await problemOf(await attempt({ origin: 'https://evil.example' })), '403 sign_in.bad_origin')
  assert.equal(await problemOf(await attempt({ origin: 'null' })), '403 sign_in.bad_origin')
  assert.equal((await attempt(OWN)).status, 201)
  assert.equal((await attempt({ referer: 'https://gate.example/console' })).status, 201)
})

test('every way of showing a token yields the same principal', async () => {
  await using server = await startSignInServer()
  const { authorization } = await server.bearer()
  const token = authorization.slice('Bearer '.length)
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
  const status = async (value: string) =>
    (await server.fetch('/api/tokens', { headers: { authorization: value } })).status
  assert.equal(await status(`Bearer ${token}`), 200)
  assert.equal(await status(`OAuth2 ${token}`), 200)
  assert.equal(await status(basic(`admin:${token}`)), 200)
  assert.equal(await status(basic(`other:${token}`)), 401)
  assert.equal(await status(basic(`admin:${SUPERADMIN.password}`)), 401)
  assert.equal(await status('Bearer ptr_unknown'), 401)
  assert.equal(await status('Negotiate abc'), 401)
  assert.equal(await status('Bearer'), 401)
})

test('credentials in Authorization win over the cookie', async () => {
  await using server = await startSignInServer()
  const cookie = cookieOf(await server.logIn(SUPERADMIN))
  const answer = await server.fetch('/api/tokens', { headers: { cookie, authorization: 'Bearer wrong' } })
  assert.equal(answer.status, 401)
})

test('nobody gets anywhere without credentials', async () => {
  await using server = await startSignInServer()
  for (const route of server.signIn.routes.filter(({ access }) => access === 'signed-in')) {
    const path = route.url.replaceAll(/\{\w+\}/g, '1')
    const answer = await server.fetch(path, { method: route.method })
    assert.equal(await problemOf(answer), '401 sign_in.required', `${route.method} ${route.url}`)
  }
})

test('disabling a user or their organisation bites with the next request', async () => {
  await using server = await startSignInServer()
  await server.database.query(ADD_ORGANISATION, [2, 'two'])
  const user = { username: 'ann', email: 'ann@example.org', password: 'ann’s password', organisation: 2 }
  await server.addUser(user)
  const headers = await server.bearer(user)
  assert.equal((await server.fetch('/api/tokens', { headers })).status, 200)
  await server.database.query(DISABLE_HOME, [2])
  assert.equal(await problemOf(await server.fetch('/api/tokens', { headers })), '403 organisation.disabled')
  await server.database.query(DISABLE_USER, ['ann'])
  assert.equal(await problemOf(await server.fetch('/api/tokens', { headers })), '401 sign_in.not_valid')
})

test('only a superadmin acts in another organisation, and only in one that is there and enabled', async () => {
  await using server = await startSignInServer()
  await server.database.query(ADD_ORGANISATION, [2, 'two'])
  const user = { username: 'ann', email: 'ann@example.org', password: 'ann’s password' }
  await server.addUser(user)
  const ann = await server.bearer(user)
  const root = await server.bearer()
  const act = (headers: Record<string, string>, id: number) =>
    server.fetch(`/api/tokens?organisation=${id}`, { headers })
  assert.equal((await act(ann, 1)).status, 200)
  assert.equal(await problemOf(await act(ann, 2)), '403 organisation.other')
  assert.equal(await problemOf(await act(ann, 99)), '403 organisation.other')
  assert.equal((await act(root, 2)).status, 200)
  assert.equal(await problemOf(await act(root, 99)), '404 organisation.not_found')
  await server.database.query(DISABLE_HOME, [2])
  assert.equal(await problemOf(await act(root, 2)), '409 organisation.target_disabled')
})

test('shows a token once, lists it without its secret, and deletes it', async () => {
  await using server = await startSignInServer()
  const headers = await server.bearer()
  server.clock.time += 1000
  const made = await server.send('POST /api/tokens', { name: 'ci', expiresAt: '2026-02-01T00:00:00Z' }, headers)
  const body = (await made.json()) as Record<string, string>
  assert.match(body['token'] ?? '', /^ptr_[\w-]{43}$/)
  const list = await (await server.fetch('/api/tokens?pageSize=1&pageNumber=2', { headers })).text()
  assert.match(list, /"totalResults":2,"totalPages":2,"DTOs":\[\{"id":"[\w-]+","name":"ci"/)
  assert.doesNotMatch(list, /ptr_/)
  const used = { authorization: `Bearer ${body['token']}` }
  assert.equal((await server.fetch('/api/tokens', { headers: used })).status, 200)
  const gone = await server.fetch(`/api/tokens/${body['id']}`, { method: 'DELETE', headers })
  assert.equal(gone.status, 204)
  assert.equal((await server.fetch('/api/tokens', { headers: used })).status, 401)
  const again = await server.fetch(`/api/tokens/${body['id']}`, { method: 'DELETE', headers })
  assert.equal(await problemOf(again), '404 access_token.not_found')
})

test('refuses tokens without a name of their own or with an end in the past', async () => {
  await using server = await startSignInServer()
  const headers = await server.bearer()
  const make = (body: unknown) => server.send('POST /api/tokens', body, headers)
  assert.equal((await make({ name: 'ci' })).status, 201)
  assert.equal(await problemOf(await make({ name: 'ci' })), '409 access_token.name_taken')
  assert.equal(await problemOf(await make({ name: ' ' })), '400 access_token.bad_name')
  assert.equal(
    await problemOf(await make({ name: 'x', expiresAt: '2025-12-31T00:00:00Z' })),
    '400 access_token.bad_expiry',
  )
  assert.equal(await problemOf(await make({})), '400 request.invalid')
  assert.equal(
    await problemOf(await server.fetch('/api/tokens?pageSize=1000000000', { headers })),
    '400 request.invalid',
  )
})

test('a token is refused from its end on, and belongs to its owner alone', async () => {
  await using server = await startSignInServer()
  const root = await server.bearer()
  const user = { username: 'ann', email: 'ann@example.org', password: 'ann’s password' }
  await server.addUser(user)
  const ann = await server.bearer(user)
  const made = await server.send('POST /api/tokens', { name: 'ci', expiresAt: '2026-01-01T00:01:00Z' }, root)
  const { id, token } = (await made.json()) as { id: string; token: string }
  const foreign = await server.fetch(`/api/tokens/${id}`, { method: 'DELETE', headers: ann })
  assert.equal(await problemOf(foreign), '404 access_token.not_found')
  const status = async () =>
    (await server.fetch('/api/tokens', { headers: { authorization: `Bearer ${token}` } })).status
  assert.equal(await status(), 200)
  server.clock.time += 60_000
  assert.equal(await status(), 401)
})

test('a token that ends makes none that outlives it', async () => {
  await using server = await startSignInServer()
  const root = await server.bearer()
  const end = '2026-01-01T00:01:00.000Z'
  const made = await server.send('POST /api/tokens', { name: 'ci', expiresAt: end }, root)
  const { token } = (await made.json()) as { token: string }
  const make = (name: string, expiresAt?: string) =>
    server.send('POST /api/tokens', { name, expiresAt }, { authorization: `Bearer ${token}` })
  assert.equal(await problemOf(await make('endless')), '403 access_token.outlives')
  assert.equal(await problemOf(await make('longer', '2026-01-01T00:01:00.001Z')), '403 access_token.outlives')
  assert.equal((await make('as long', end)).status, 201)
})

test('stores no secret that could be used', async () => {
  await using server = await startSignInServer()
  const { authorization } = await server.bearer()
  for (const { token_hash } of await server.database.query(SECRETS)) {
    assert.equal(token_hash.length, 32)
    assert.ok(!authorization.includes(token_hash.toString()))
  }
})

test('purging drops what has no effect and nothing else', async () => {
  await using server = await startSignInServer()
  const old = cookieOf(await server.logIn(SUPERADMIN))
  await server.logIn({ email: 'x@y', password: 'wrong' })
  server.clock.time += 25 * 60 * 60 * 1000
  const fresh = cookieOf(await server.logIn(SUPERADMIN))
  await server.signIn.purgeExpired()
  assert.equal((await server.database.query(SECRETS)).length, 1)
  assert.equal((await server.fetch('/api/tokens', { headers: { cookie: old } })).status, 401)
  assert.equal((await server.fetch('/api/tokens', { headers: { cookie: fresh } })).status, 200)
})
