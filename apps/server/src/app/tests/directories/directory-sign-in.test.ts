import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { dnOfPerson, USER_BASE } from '../../../../../../tools/slapd/scratch-ldif.ts'
import { type ScratchSlapd, startScratchSlapd } from '../../../../../../tools/slapd/scratch-slapd.ts'
import { statement } from '../../../platform/database/statement.ts'
import { problemOf, type SignInServer, startSignInServer } from '../../testing/sign-in-server.ts'

const ADD_AUTHORITY = statement(
  'test.add-authority',
  `insert into ldap_authority (id, organisation_id, name, name_key, url, start_tls, user_base, user_filter,
     username_attribute, email_attribute, display_name_attribute, page_size, timeout_ms)
   values ($1, 1, $2, $2, $3, false, $4, '(uid=*)', 'uid', 'mail', 'cn', 500, 2000)`,
)
const AUDIT = statement<{ action: string; actor_name: string; text: string }>(
  'test.sign-in-audit',
  `select action, actor_name, audit_record::text as text from audit_record where via = 'password' order by id`,
)

const ANN = { email: 'ann@example.org', password: 'known to the directory' }

let slapd: ScratchSlapd
before(async () => {
  slapd = await startScratchSlapd({
    people: [
      { uid: 'ann', password: ANN.password },
      { uid: 'bob', password: 'bobs' },
    ],
  })
})
after(() => slapd[Symbol.asyncDispose]())

async function addAuthority(server: SignInServer, url = slapd.url, name = 'people'): Promise<string> {
  const id = randomUUID()
  await server.database.query(ADD_AUTHORITY, [id, name, url, USER_BASE])
  return id
}

/** A server with a user whose password is the directory's. */
async function startWithAnn(url?: string): Promise<SignInServer> {
  const server = await startSignInServer()
  const ldap = { authority: await addAuthority(server, url), dn: dnOfPerson('ann') }
  await server.addUser({ username: 'ann', email: ANN.email, ldap })
  return server
}

test('signs in who knows the password of their directory entry', async () => {
  await using server = await startWithAnn()
  const answer = await server.logIn({ ...ANN, email: 'Ann@Example.org' })
  assert.equal(answer.status, 200)
  assert.equal(((await answer.json()) as Record<string, unknown>)['username'], 'ann')
})

test('answers a wrong password as it does an unknown address, and as late', async () => {
  await using server = await startWithAnn()
  const known = await server.logIn({ ...ANN, password: 'wrong' })
  const unknown = await server.logIn({ email: 'nobody@example.org', password: 'wrong' })
  assert.deepEqual([known.status, unknown.status], [401, 401])
  assert.equal(server.pauses.length, 2)
  const bodies = [await known.json(), await unknown.json()] as Record<string, unknown>[]
  assert.deepEqual(
    bodies.map(({ error, message }) => [error, message]),
    Array.from({ length: 2 }, () => ['sign_in.bad_credentials', 'The email address or the password is wrong.']),
  )
})

test('refuses an empty password, which a directory would take', async () => {
  await using server = await startWithAnn()
  assert.equal(await problemOf(await server.logIn({ ...ANN, password: '' })), '401 sign_in.bad_credentials')
})

test('locks an account of a directory like any other', async () => {
  await using server = await startWithAnn()
  for (let n = 0; n < 5; n++) assert.equal((await server.logIn({ ...ANN, password: 'wrong' })).status, 401)
  assert.equal(await problemOf(await server.logIn(ANN)), '429 sign_in.locked_out')
  server.clock.time += 1000
  assert.equal((await server.logIn(ANN)).status, 200)
})

test('says that the directory cannot be asked, counts no failure, and tells nothing of it', async () => {
  await using away = await startScratchSlapd()
  await using server = await startWithAnn(away.url)
  await away.kill()
  for (let n = 0; n < 7; n++) {
    const answer = await server.logIn(ANN)
    assert.equal(answer.headers.get('retry-after'), '30')
    const text = await answer.text()
    assert.match(text, /sign_in\.directory_unavailable/)
    assert.doesNotMatch(text, /127\.0\.0\.1/)
  }
})

test('asks no directory about who has a local password', async () => {
  await using server = await startSignInServer()
  const ldap = { authority: await addAuthority(server), dn: dnOfPerson('ann') }
  await server.addUser({ username: 'ann', ...ANN, password: 'local password', ldap })
  assert.equal((await server.logIn(ANN)).status, 401)
  assert.equal((await server.logIn({ ...ANN, password: 'local password' })).status, 200)
})

test('lets nobody in by an address that several of a directory have', async () => {
  await using server = await startWithAnn()
  const ldap = { authority: await addAuthority(server, slapd.url, 'others'), dn: dnOfPerson('bob') }
  await server.addUser({ username: 'bob', email: ANN.email, ldap })
  assert.equal((await server.logIn(ANN)).status, 401)
  assert.equal((await server.logIn({ ...ANN, password: 'bobs' })).status, 401)
  await server.addUser({ username: 'carl', email: ANN.email, password: 'local password' })
  assert.equal((await server.logIn({ ...ANN, password: 'local password' })).status, 200)
})

test('records who signed in, and no password', async () => {
  await using server = await startWithAnn()
  await server.logIn({ ...ANN, password: 'mistyped secret' })
  await server.logIn(ANN)
  const records = await server.database.query(AUDIT)
  assert.deepEqual(
    records.map(({ action, actor_name }) => `${action} ${actor_name}`),
    ['sign_in.fail ann', 'sign_in.succeed ann'],
  )
  assert.doesNotMatch(JSON.stringify(records), /mistyped secret|known to the directory/)
})
