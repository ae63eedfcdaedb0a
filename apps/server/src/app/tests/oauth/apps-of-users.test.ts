import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import type { Principal } from '../../../kernel/principal.ts'
import type { Database } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { Browser } from '../../testing/oauth-browser.ts'
import { OAuthApp, type Tokens } from '../../testing/oauth-client.ts'
import { ANN, ISSUER, type OAuthNode, type OAuthScene, startOAuthScene } from '../../testing/oauth-server.ts'

const API = 'GET /v1/admin/sessions/'
const AUDITED = statement<{ readonly object_id: string; readonly details: { readonly clients: readonly string[] } }>(
  'test.list-ended-apps',
  `select object_id, details from audit_record where action = 'user.end_apps' order by id`,
)
const SAME_PASSWORD = statement(
  'test.give-password-of-ann',
  'update app_user set password_hash = (select password_hash from app_user where id = $2) where id = $1',
)
const MOVE = statement('test.move-to-other-organisation', 'update app_user set organisation_id = $2 where id = $1')
const ADD_ORGANISATION = statement<{ readonly id: number }>(
  'test.add-other-organisation',
  `insert into organisation (name) values ('other') returning id`,
)

interface Consents {
  readonly consents: readonly { readonly client_id: string; readonly client_name: string }[]
  readonly total: number
}

type Ask = (method: string, path: string) => Promise<Response>

/** Somebody who has signed in to the server. */
async function signIn(node: OAuthNode, email: string): Promise<Ask> {
  const login = await node.fetch(`${ISSUER}/v1/admin/login/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: ANN.password }),
  })
  const cookie = login.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  return (method, path) => node.fetch(`${ISSUER}${path}`, { method, headers: { cookie, origin: ISSUER } })
}

async function addSomebody(scene: OAuthScene, username: string, as: Partial<Principal> = {}): Promise<string> {
  const email = `${username}@example.org`
  const id = await scene.addUser({ username, email, role: as.role ?? 'user', flags: [...(as.flags ?? [])] })
  await scene.database.query(SAME_PASSWORD, [id, scene.ann])
  return id
}

async function errorOf(answer: Response): Promise<string> {
  return `${answer.status} ${((await answer.json()) as { error?: string }).error}`
}

async function moveElsewhere(database: Database, userId: string): Promise<void> {
  const [organisation] = await database.query(ADD_ORGANISATION)
  await database.query(MOVE, [userId, organisation?.id])
}

/** Lets the app act for whoever has that address. */
async function letIn(node: OAuthNode, app: OAuthApp, email: string) {
  const browser = new Browser(node)
  const verifier = 'v'.repeat(43)
  await browser.open(await app.authorizationUrl(verifier))
  await browser.signIn({ email })
  return await app.redeem(await browser.submit('consent', { decision: 'allow' }), verifier)
}

describe('the apps of a user', () => {
  test('an admin sees them, ends one, or all: their tokens are refused at once, those of others are not', async () => {
    await using scene = await startOAuthScene()
    await using node = await scene.startNode()
    const bob = await addSomebody(scene, 'bob')
    await addSomebody(scene, 'carol', { role: 'admin', flags: new Set(['allow_modify_clients']) })
    const ids = [await scene.addClient({ name: 'A' }), await scene.addClient({ name: 'B' })]
    const apps = ids.map((id) => new OAuthApp(node, id))
    const [first, second] = apps
    assert.ok(first && second)
    const tokens: Tokens[] = []
    for (const app of apps) tokens.push(await letIn(node, app, 'bob@example.org'))
    const ofAnn = await letIn(node, first, ANN.email)
    const carol = await signIn(node, 'carol@example.org')
    const path = `/v1/admin/users/${bob}/apps/`
    const listed = (await (await carol('GET', path)).json()) as Consents
    assert.deepEqual([listed.total, listed.consents.map(({ client_name }) => client_name).toSorted()], [2, ['A', 'B']])

    assert.equal((await carol('DELETE', `${path}${ids[0]}/`)).status, 204)
    assert.equal((await first.call(API, tokens[0]?.access ?? '')).status, 401)
    assert.equal((await first.tryRefresh(tokens[0]?.refresh ?? '')).status, 400)
    assert.equal((await second.call(API, tokens[1]?.access ?? '')).status, 200)
    assert.equal((await first.call(API, ofAnn.access)).status, 200)
    assert.equal(await errorOf(await carol('DELETE', `${path}${ids[0]}/`)), '404 oauth.no_app_of_user')

    assert.equal((await carol('DELETE', path)).status, 204)
    assert.equal((await second.call(API, tokens[1]?.access ?? '')).status, 401)
    assert.equal(((await (await carol('GET', path)).json()) as Consents).total, 0)
    assert.equal((await first.call(API, ofAnn.access)).status, 200)
    assert.deepEqual(await scene.database.query(AUDITED), [
      { object_id: bob, details: { clients: [ids[0]] } },
      { object_id: bob, details: { clients: [ids[1]] } },
    ])
  })

  test('nobody but an admin with allow_modify_clients does, in the same organisation, nor a superadmin’s', async () => {
    await using scene = await startOAuthScene()
    await using node = await scene.startNode()
    const bob = await addSomebody(scene, 'bob')
    await addSomebody(scene, 'carol', { role: 'admin', flags: new Set(['allow_modify_clients']) })
    await addSomebody(scene, 'dave', { role: 'admin', flags: new Set(['allow_modify_users']) })
    const [asBob, carol, dave] = [
      await signIn(node, 'bob@example.org'),
      await signIn(node, 'carol@example.org'),
      await signIn(node, 'dave@example.org'),
    ]
    const path = `/v1/admin/users/${bob}/apps/`
    for (const method of ['GET', 'DELETE']) {
      assert.equal(await errorOf(await asBob(method, path)), '403 access.not_admin')
      assert.equal(await errorOf(await dave(method, path)), '403 access.flag_missing')
      for (const nobody of [randomUUID(), 'nobody']) {
        const answer = await carol(method, `/v1/admin/users/${nobody}/apps/`)
        assert.equal(await errorOf(answer), '404 sign_in.user_not_found')
      }
      assert.equal((await node.fetch(`${ISSUER}${path}`, { method })).status, 401)
    }
    const ofAnn = `/v1/admin/users/${scene.ann}/apps/`
    assert.equal(await errorOf(await carol('DELETE', ofAnn)), '403 sign_in.superadmin_only')
    await moveElsewhere(scene.database, bob)
    assert.equal(await errorOf(await carol('DELETE', path)), '404 sign_in.user_not_found')
  })
})
