import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeBase32 } from '../../../features/sign-in/second-factor/base32.ts'
import { oneTimeCode, timeStep } from '../../../features/sign-in/second-factor/one-time-code.ts'
import { statement } from '../../../platform/database/statement.ts'
import { cookieOf, problemOf, type SignInServer, SUPERADMIN, startSignInServer } from '../../testing/sign-in-server.ts'

const ORIGIN = { origin: 'https://gate.example' }
const FACTOR = '/v1/admin/second-factor/'
const STEP_MS = 30_000
const ANN = { username: 'ann', email: 'ann@example.org', password: 'ann’s password' }
const AUDIT = statement<{ action: string; details: unknown }>(
  'test.audit-of-second-factors',
  `select action, details from audit_record where action ~ '^(second_factor|sign_in)' order by id`,
)
const EVERYTHING = statement<{ row: string }>(
  'test.stored-second-factors',
  `select f::text as row from second_factor f union all select encode(code_hash, 'escape') from recovery_code
   union all select a::text from audit_record a`,
)
const DEMOTE = statement('test.demote-all', `update app_user set role = 'user', flags = '{}'`)
const FORGET_SEAL = statement('test.spoil-seal', `update second_factor set sealed_secret = 'v1.0000000000000000.AAAA'`)

/** Somebody's browser and authenticator app. */
interface Person {
  readonly secret: string
  readonly recoveryCodes: readonly string[]
  readonly cookie: string
  /** The code that the app shows, so many steps from now. */
  code(stepsAhead?: number): string
}

function headersOf(cookie: string) {
  return { cookie, ...ORIGIN }
}

function codeOf(server: SignInServer, secret: string, stepsAhead = 0): string {
  return oneTimeCode(decodeBase32(secret), timeStep(new Date(server.clock.time)) + stepsAhead)
}

/** Two-factor turned on; time has gone on since to where a new code is shown. */
async function withTwoFactors(server: SignInServer, who = SUPERADMIN): Promise<Person> {
  const cookie = cookieOf(await server.logIn(who))
  const enrolled = await server.send(`POST ${FACTOR}`, {}, headersOf(cookie))
  const { secret } = (await enrolled.json()) as { secret: string }
  const verified = await server.send(`POST ${FACTOR}verify/`, { token: codeOf(server, secret) }, headersOf(cookie))
  assert.equal(verified.status, 200)
  const { recovery_codes: recoveryCodes } = (await verified.json()) as { recovery_codes: string[] }
  server.clock.time += STEP_MS
  return { secret, recoveryCodes, cookie, code: (stepsAhead) => codeOf(server, secret, stepsAhead) }
}

function logIn(server: SignInServer, token?: string, who = SUPERADMIN): Promise<Response> {
  const { email, password } = who
  return server.send('POST /v1/admin/login/', { email, password, token })
}

async function standing(server: SignInServer, cookie: string): Promise<unknown> {
  return await (await server.fetch(FACTOR, { headers: { cookie } })).json()
}

test('is off, pending until a first code is shown, then on', async () => {
  await using server = await startSignInServer()
  const cookie = cookieOf(await server.logIn(SUPERADMIN))
  assert.deepEqual(await standing(server, cookie), { state: 'off', recovery_codes_left: 0 })
  const enrolled = await server.fetch(FACTOR, { method: 'POST', headers: headersOf(cookie) })
  const { secret, otpauth_uri: uri } = (await enrolled.json()) as { secret: string; otpauth_uri: string }
  assert.match(secret, /^[A-Z2-7]{32}$/)
  assert.equal(
    uri,
    `otpauth://totp/Portreeve:root%40example.org?secret=${secret}&issuer=Portreeve&algorithm=SHA1&digits=6&period=30`,
  )
  assert.deepEqual(await standing(server, cookie), { state: 'pending', recovery_codes_left: 0 })
  assert.equal((await logIn(server)).status, 200)
  const wrong = await server.send(`POST ${FACTOR}verify/`, { token: '000000' }, headersOf(cookie))
  assert.equal(await problemOf(wrong), '403 second_factor.wrong_token')
  const verified = await server.send(`POST ${FACTOR}verify/`, { token: codeOf(server, secret) }, headersOf(cookie))
  const { recovery_codes: codes } = (await verified.json()) as { recovery_codes: string[] }
  assert.equal(new Set(codes).size, 10)
  const turnedOn = { state: 'on', turned_on_at: '2026-01-01T00:00:00.000Z', recovery_codes_left: 10 }
  assert.deepEqual(await standing(server, cookie), turnedOn)
})

test('a new enrolment takes the place of a pending one, and never of one that is on', async () => {
  await using server = await startSignInServer()
  const cookie = cookieOf(await server.logIn(SUPERADMIN))
  const enrol = () => server.send(`POST ${FACTOR}`, {}, headersOf(cookie))
  const verify = (token: string) => server.send(`POST ${FACTOR}verify/`, { token }, headersOf(cookie))
  assert.equal(await problemOf(await verify('123456')), '409 second_factor.not_pending')
  const { secret: first } = (await (await enrol()).json()) as { secret: string }
  const { secret: second } = (await (await enrol()).json()) as { secret: string }
  assert.equal(await problemOf(await verify(codeOf(server, first))), '403 second_factor.wrong_token')
  assert.equal((await verify(codeOf(server, second))).status, 200)
  assert.equal(await problemOf(await enrol()), '409 second_factor.on')
  assert.equal(await problemOf(await verify(codeOf(server, second, 1))), '409 second_factor.on')
})

test('enrolling takes a sign-in of the last ten minutes, which no access token is', async () => {
  await using server = await startSignInServer()
  const cookie = cookieOf(await server.logIn(SUPERADMIN))
  const bearer = await server.bearer()
  const enrol = (headers: Record<string, string>) => server.send(`POST ${FACTOR}`, {}, headers)
  assert.equal(await problemOf(await enrol(bearer)), '403 sign_in.reauthenticate')
  server.clock.time += 10 * 60_000
  assert.equal((await enrol(headersOf(cookie))).status, 200)
  server.clock.time += 1
  assert.equal(await problemOf(await enrol(headersOf(cookie))), '403 sign_in.reauthenticate')
})

test('turning it on ends the sessions that were begun without it', async () => {
  await using server = await startSignInServer()
  const before = cookieOf(await server.logIn(SUPERADMIN))
  const { cookie } = await withTwoFactors(server)
  assert.equal((await server.fetch(FACTOR, { headers: { cookie: before } })).status, 401)
  assert.equal((await server.fetch(FACTOR, { headers: { cookie } })).status, 200)
})

test('signing in takes the code as well, and says so only to who knows the password', async () => {
  await using server = await startSignInServer()
  const root = await withTwoFactors(server)
  const missing = await logIn(server)
  assert.equal(missing.status, 401)
  const problem = (await missing.json()) as Record<string, string>
  assert.equal(problem['error'], 'sign_in.token_required')
  assert.match(problem['message'] ?? '', /one-time code/)
  assert.equal(await problemOf(await logIn(server, '')), '401 sign_in.token_required')
  assert.equal(await problemOf(await logIn(server, '000000')), '401 sign_in.bad_token')
  const guess = { ...SUPERADMIN, password: 'wrong' }
  assert.equal(await problemOf(await logIn(server, root.code(), guess)), '401 sign_in.bad_credentials')
  assert.equal(await problemOf(await logIn(server, undefined, guess)), '401 sign_in.bad_credentials')
  assert.equal(await problemOf(await logIn(server, 'x'.repeat(33))), '400 request.invalid')
  assert.equal((await logIn(server, root.code())).status, 200)
})

test('takes each code once, also when it is sent many times at once', async () => {
  await using server = await startSignInServer()
  const root = await withTwoFactors(server)
  const code = root.code()
  const answers = await Promise.all(Array.from({ length: 3 }, () => logIn(server, code)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401])
  assert.equal(await problemOf(await logIn(server, code)), '401 sign_in.bad_token')
  server.clock.time += STEP_MS
  assert.equal(await problemOf(await logIn(server, code)), '401 sign_in.bad_token')
  assert.equal((await logIn(server, root.code())).status, 200)
})

test('the code that turned it on does not sign in', async () => {
  await using server = await startSignInServer()
  const root = await withTwoFactors(server)
  assert.equal(await problemOf(await logIn(server, root.code(-1))), '401 sign_in.bad_token')
})

test('takes the code of the step before and of the step after, and none beyond', async () => {
  await using server = await startSignInServer()
  const root = await withTwoFactors(server)
  server.clock.time += 10 * STEP_MS
  assert.equal((await logIn(server, root.code(-2))).status, 401)
  assert.equal((await logIn(server, root.code(2))).status, 401)
  assert.equal((await logIn(server, root.code(-1))).status, 200)
  assert.equal((await logIn(server, root.code(1))).status, 200)
  const shown = root.code(2)
  server.clock.time += 3 * STEP_MS - 1
  assert.equal((await logIn(server, shown)).status, 200)
  const late = root.code()
  server.clock.time += STEP_MS + 1
  assert.equal((await logIn(server, late)).status, 401)
})

test('counts wrong codes as wrong passwords, and the right password does not wipe them out', async () => {
  await using server = await startSignInServer()
  const root = await withTwoFactors(server)
  for (let n = 0; n < 5; n++) {
    assert.equal((await logIn(server)).status, 401)
    assert.equal(await problemOf(await logIn(server, '000000')), '401 sign_in.bad_token')
  }
  const locked = await logIn(server, root.code())
  assert.equal(await problemOf(locked), '429 sign_in.locked_out')
  server.clock.time += 1000
  assert.equal((await logIn(server, root.code())).status, 200)
  for (let n = 0; n < 4; n++) assert.equal((await logIn(server, '000000')).status, 401)
  server.clock.time += STEP_MS
  assert.equal((await logIn(server, root.code())).status, 200)
})

test('takes a recovery code for a code, each once, however it is typed', async () => {
  await using server = await startSignInServer()
  const root = await withTwoFactors(server)
  const [first = '', second = ''] = root.recoveryCodes
  const answers = await Promise.all(Array.from({ length: 3 }, () => logIn(server, first)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401])
  assert.equal(await problemOf(await logIn(server, first)), '401 sign_in.bad_token')
  const answer = await logIn(server, second.toLowerCase().replaceAll('-', ' '))
  assert.equal(answer.status, 200)
  assert.equal(((await standing(server, cookieOf(answer))) as Record<string, unknown>)['recovery_codes_left'], 8)
  const actions = (await server.database.query(AUDIT)).map(({ action }) => action)
  assert.equal(actions.filter((action) => action === 'second_factor.use_recovery_code').length, 2)
})

test('recovery codes help where the secret cannot be read any more', async () => {
  await using server = await startSignInServer()
  const root = await withTwoFactors(server)
  await server.database.query(FORGET_SEAL)
  assert.equal(await problemOf(await logIn(server, root.code())), '503 sealed_secret.other_key')
  assert.equal((await logIn(server, root.recoveryCodes[0])).status, 200)
})

test('new recovery codes take the place of all old ones', async () => {
  await using server = await startSignInServer()
  const root = await withTwoFactors(server)
  const renew = (body: unknown) => server.send(`POST ${FACTOR}recovery-codes/`, body, headersOf(root.cookie))
  assert.equal(await problemOf(await renew({ token: '000000' })), '403 second_factor.wrong_token')
  assert.equal(await problemOf(await renew({})), '400 second_factor.proof_missing')
  const renewed = await renew({ token: root.code() })
  const { recovery_codes: codes } = (await renewed.json()) as { recovery_codes: string[] }
  assert.equal(new Set([...codes, ...root.recoveryCodes]).size, 20)
  assert.equal((await logIn(server, root.recoveryCodes[0])).status, 401)
  assert.equal((await logIn(server, codes[0])).status, 200)
})

test('is turned off with the password, a code or a recovery code, and with nothing else', async () => {
  await using server = await startSignInServer()
  const turnOff = (cookie: string, body: unknown) => server.send(`POST ${FACTOR}turn-off/`, body, headersOf(cookie))
  for (const proofOf of [
    () => ({ password: SUPERADMIN.password }),
    ({ code }: Person) => ({ token: code() }),
    ({ recoveryCodes }: Person) => ({ token: recoveryCodes[3] }),
  ]) {
    const root = await withTwoFactors(server)
    const { cookie } = root
    assert.equal(await problemOf(await turnOff(cookie, {})), '400 second_factor.proof_missing')
    const both = { password: SUPERADMIN.password, token: root.code() }
    assert.equal(await problemOf(await turnOff(cookie, both)), '400 second_factor.proof_missing')
    assert.equal(await problemOf(await turnOff(cookie, { password: 'wrong' })), '403 sign_in.wrong_password')
    assert.equal((await turnOff(cookie, proofOf(root))).status, 200)
    assert.equal(await problemOf(await turnOff(cookie, proofOf(root))), '409 second_factor.off')
    assert.equal((await logIn(server)).status, 200)
  }
})

test('an access token changes nothing about how its owner signs in', async () => {
  await using server = await startSignInServer()
  const bearer = await server.bearer()
  await withTwoFactors(server)
  const proof = { password: SUPERADMIN.password }
  for (const operation of [
    `POST ${FACTOR}turn-off/`,
    `POST ${FACTOR}recovery-codes/`,
    'POST /v1/admin/reauthenticate/',
  ]) {
    assert.equal(await problemOf(await server.send(operation, proof, bearer)), '403 sign_in.session_needed', operation)
  }
  const verify = await server.send(`POST ${FACTOR}verify/`, { token: '123456' }, bearer)
  assert.equal(await problemOf(verify), '403 sign_in.session_needed')
})

test('guessing with an open session locks as guessing at the door does', async () => {
  await using server = await startSignInServer()
  const root = await withTwoFactors(server)
  const turnOff = (body: unknown) => server.send(`POST ${FACTOR}turn-off/`, body, headersOf(root.cookie))
  for (let n = 0; n < 3; n++) assert.equal((await turnOff({ token: '000000' })).status, 403)
  for (let n = 0; n < 2; n++) assert.equal((await turnOff({ password: 'wrong' })).status, 403)
  assert.equal(await problemOf(await turnOff({ token: root.code() })), '429 sign_in.locked_out')
  assert.equal(await problemOf(await logIn(server, root.code())), '429 sign_in.locked_out')
})

test('an admin resets the second factor of others, a superadmin’s only as a superadmin', async () => {
  await using server = await startSignInServer()
  const annId = await server.addUser(ANN)
  const admin = { username: 'adm', email: 'adm@example.org', password: 'adm’s password' }
  const adminId = await server.addUser({ ...admin, role: 'admin', flags: ['allow_modify_admins'] })
  const clerk = { username: 'clerk', email: 'clerk@example.org', password: 'clerk’s password' }
  await server.addUser({ ...clerk, role: 'admin', flags: ['allow_modify_users'] })
  const asAdmin = await server.bearer(admin)
  const rootAnswer = await server.logIn(SUPERADMIN)
  const { user_id: rootId } = (await rootAnswer.json()) as { user_id: string }
  await withTwoFactors(server)
  await withTwoFactors(server, ANN)
  const reset = (id: string, headers: Record<string, string>) =>
    server.fetch(`/v1/admin/users/${id}/second-factor/`, { method: 'DELETE', headers })
  assert.equal(await problemOf(await reset(annId, await server.bearer(clerk))), '403 access.flag_missing')
  assert.equal(await problemOf(await reset(rootId, asAdmin)), '403 sign_in.superadmin_only')
  assert.equal(await problemOf(await reset(adminId, asAdmin)), '409 second_factor.own')
  assert.equal(await problemOf(await reset('nobody', asAdmin)), '404 sign_in.user_not_found')
  assert.equal((await reset(annId, asAdmin)).status, 200)
  assert.equal(await problemOf(await reset(annId, asAdmin)), '409 second_factor.off')
  assert.equal((await logIn(server, undefined, ANN)).status, 200)
  assert.equal(await problemOf(await logIn(server)), '401 sign_in.token_required')
})

test('users of other organisations are not there to be reset', async () => {
  await using server = await startSignInServer()
  const root = await server.bearer()
  await server.send('POST /v1/admin/organisations/', { name: 'two' }, root)
  const annId = await server.addUser({ ...ANN, organisation: 2 })
  await withTwoFactors(server, ANN)
  const reset = (query: string) =>
    server.fetch(`/v1/admin/users/${annId}/second-factor/${query}`, { method: 'DELETE', headers: root })
  assert.equal(await problemOf(await reset('')), '404 sign_in.user_not_found')
  assert.equal((await reset('?organisation=2')).status, 200)
})

test('whoever sets the server up anew is not asked for the second factor of an earlier superadmin', async () => {
  await using server = await startSignInServer()
  await withTwoFactors(server)
  await server.database.query(DEMOTE)
  await server.signIn.bootstrapSuperadmin({ ...SUPERADMIN, password: 'another horse battery' })
  assert.equal((await logIn(server, undefined, { ...SUPERADMIN, password: 'another horse battery' })).status, 200)
})

test('records every act, and keeps no secret or code where it could be read', async () => {
  await using server = await startSignInServer()
  const root = await withTwoFactors(server)
  await logIn(server)
  await logIn(server, '000000')
  const token = root.code()
  await logIn(server, token)
  server.clock.time += STEP_MS
  await server.send(`POST ${FACTOR}recovery-codes/`, { token: root.code() }, headersOf(root.cookie))
  await server.send(`POST ${FACTOR}turn-off/`, { password: 'wrong' }, headersOf(root.cookie))
  await server.send(`POST ${FACTOR}turn-off/`, { token: '000000' }, headersOf(root.cookie))
  const stored = JSON.stringify(await server.database.query(EVERYTHING))
  await server.send(`POST ${FACTOR}turn-off/`, { password: SUPERADMIN.password }, headersOf(root.cookie))
  assert.deepEqual(
    (await server.database.query(AUDIT)).map(({ action }) => action),
    [
      'sign_in.succeed',
      'second_factor.enrol',
      'second_factor.turn_on',
      'sign_in.refuse',
      'sign_in.fail',
      'sign_in.succeed',
      'second_factor.renew_recovery_codes',
      'second_factor.fail',
      'second_factor.turn_off',
    ],
  )
  for (const secret of [
    root.secret,
    token,
    ...root.recoveryCodes,
    ...root.recoveryCodes.map((c) => c.replaceAll('-', '')),
  ]) {
    assert.ok(!stored.includes(secret))
  }
})
