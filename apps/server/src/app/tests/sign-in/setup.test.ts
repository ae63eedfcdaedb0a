import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import { problemOf, type SignInServer, SUPERADMIN, startSignInServer } from '../../testing/sign-in-server.ts'

const SUPERADMINS = statement<{ username: string }>(
  'test.superadmins',
  `select username from app_user where role = 'superadmin'`,
)

async function setupPath(server: SignInServer): Promise<{ path: string; code: string }> {
  const link = new URL((await server.signIn.issueSetupLink()) ?? '')
  assert.equal(link.origin, 'https://gate.example')
  return { path: `${link.pathname}${link.search}`, code: link.searchParams.get('code') ?? '' }
}

function postForm(server: SignInServer, fields: Record<string, string>): Promise<Response> {
  return server.fetch('/setup', {
    method: 'POST',
    headers: { origin: 'https://gate.example', accept: 'text/html,*/*;q=0.8' },
    body: new URLSearchParams(fields),
  })
}

test('configured superadmins are made once, however many nodes start and however often', async () => {
  await using server = await startSignInServer({ bootstrap: false })
  const made = await Promise.all([1, 2, 3].map(() => server.signIn.bootstrapSuperadmin(SUPERADMIN)))
  assert.equal(made.filter((id) => id !== undefined).length, 1)
  assert.equal(await server.signIn.bootstrapSuperadmin({ ...SUPERADMIN, password: 'another one' }), undefined)
  assert.equal((await server.logIn(SUPERADMIN)).status, 200)
})

test('no set-up link is issued where there is a superadmin', async () => {
  await using server = await startSignInServer()
  assert.equal(await server.signIn.issueSetupLink(), undefined)
})

test('the link leads to a form without script, which makes the superadmin once', async () => {
  await using server = await startSignInServer({ bootstrap: false })
  const { path, code } = await setupPath(server)
  const form = await server.fetch(path, { headers: { accept: 'text/html' } })
  assert.equal(form.status, 200)
  assert.match(form.headers.get('content-type') ?? '', /^text\/html; charset=utf-8$/)
  assert.match(form.headers.get('content-security-policy') ?? '', /^default-src 'none'; style-src 'sha256-[^']+'/)
  const page = await form.text()
  assert.doesNotMatch(page, /<script| style=| on\w+=/)
  for (const field of ['email', 'password', 'repeat']) assert.match(page, new RegExp(`<label for="${field}">`))
  const fields = { ...SUPERADMIN, code, repeat: SUPERADMIN.password }
  const done = await postForm(server, fields)
  assert.equal(done.status, 200)
  assert.match(await done.text(), /POST \/v1\/admin\/login\//)
  assert.equal((await server.logIn(SUPERADMIN)).status, 200)
  assert.equal((await postForm(server, { ...fields, email: 'b@example.org' })).status, 404)
  assert.equal((await server.fetch(path)).status, 404)
})

test('the form comes back with what is wrong, and harmless whatever was typed', async () => {
  await using server = await startSignInServer({ bootstrap: false })
  const { code } = await setupPath(server)
  const differ = await postForm(server, { ...SUPERADMIN, email: '"><script>@x', code, repeat: 'other' })
  assert.equal(differ.status, 400)
  const page = await differ.text()
  assert.match(page, /role="alert" id="problem">The two passwords are not the same/)
  assert.doesNotMatch(page, /<script>/)
  const short = await postForm(server, { ...SUPERADMIN, code, password: 'x', repeat: 'x' })
  assert.equal(short.status, 400)
  assert.deepEqual(await server.database.query(SUPERADMINS), [])
})

test('scripts may send JSON, and get errors as from any route', async () => {
  await using server = await startSignInServer({ bootstrap: false })
  const { code } = await setupPath(server)
  const post = (body: unknown) => server.send('POST /setup', body)
  assert.equal(await problemOf(await post({ ...SUPERADMIN, code: 'wrong' })), '404 setup.not_valid')
  assert.equal(await problemOf(await post({ ...SUPERADMIN, code, password: 'x' })), '400 sign_in.bad_password')
  assert.equal(await problemOf(await post({ ...SUPERADMIN, code, email: 'x' })), '400 sign_in.bad_email')
  assert.equal(await problemOf(await post({ code })), '400 request.invalid')
  assert.equal((await post({ ...SUPERADMIN, code })).status, 200)
})

test('of two who use good links at once, one becomes superadmin', async () => {
  await using server = await startSignInServer({ bootstrap: false })
  const codes = [await setupPath(server), await setupPath(server)].map(({ code }) => code)
  const answers = await Promise.all(
    codes.map((code, index) => server.send('POST /setup', { ...SUPERADMIN, email: `a${index}@example.org`, code })),
  )
  assert.deepEqual(answers.map(({ status }) => status === 200).sort(), [false, true])
  assert.equal((await server.database.query(SUPERADMINS)).length, 1)
})

test('a link expires after a day, and an invented one is none', async () => {
  await using server = await startSignInServer({ bootstrap: false })
  const { path } = await setupPath(server)
  assert.equal((await server.fetch('/setup?code=invented')).status, 404)
  assert.equal((await server.fetch('/setup')).status, 404)
  server.clock.time += 24 * 60 * 60 * 1000
  assert.equal((await server.fetch(path)).status, 404)
})
