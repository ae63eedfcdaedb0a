import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import type { ApiClient } from '../../testing/api-client.ts'
import { type CompanyCaller, type CompanyScene, startCompanyScene } from '../../testing/company-scene.ts'

const WIKI = { client_name: 'Wiki', redirect_uris: ['https://wiki.example/cb'] }
const ROBOT = { client_name: 'Robot', grant_types: ['client_credentials'], organisation: 2 }

interface StoredClient {
  readonly secret_hash: Buffer | null
  readonly user_id: string | null
}
const STORED = statement<StoredClient>(
  'test.stored-client',
  'select secret_hash, user_id from client_application where client_id = $1',
)
const USER = statement<Readonly<Record<string, unknown>>>(
  'test.user-of-client',
  'select username, organisation_id, enabled, password_hash, role from app_user where id = $1',
)
const REVISION = statement<{ readonly head: number }>(
  'test.head-of',
  'select head from organisation_model where organisation_id = $1',
)
const MAKE_SUPERADMIN = statement(
  'test.robot-superadmin',
  `update app_user set role = 'superadmin', flags = '{allow_modify_admins}' where id = $1`,
)

let scene: CompanyScene
before(async () => {
  scene = await startCompanyScene()
})
after(() => scene[Symbol.asyncDispose]())

const IN_JSON = { accept: 'application/json', 'content-type': 'application/json' }

interface Told {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly location: string | null
}

async function call(client: ApiClient, operation: string, body?: unknown): Promise<Told> {
  const { status, headers, text } = await client.sendText(
    operation,
    body === undefined ? undefined : JSON.stringify(body),
    IN_JSON,
  )
  return { status, location: headers.get('location'), body: text === '' ? {} : JSON.parse(text) }
}

async function make(metadata: unknown = WIKI) {
  const { status, body } = await call(scene.callers.root, 'POST /clients', metadata)
  assert.equal(status, 201, JSON.stringify(body))
  return body as { client_id: string; client_secret?: string; user_id?: string }
}

async function problem(client: ApiClient, operation: string, body?: unknown): Promise<string> {
  const told = await call(client, operation, body)
  return told.status < 300 ? String(told.status) : `${told.status} ${told.body['error']}`
}

async function stored(clientId: string): Promise<StoredClient | undefined> {
  return (await scene.server.database.query(STORED, [clientId]))[0]
}

async function auditOf(clientId: string) {
  const rows = await scene.audited()
  return rows.filter(({ object }) => object === `client ${clientId}`)
}

function digest(secret: unknown): string {
  return createHash('sha256').update(String(secret)).digest('hex')
}

describe('a client that acts for users', () => {
  test('is made with a secret that is told once and kept as its hash', async () => {
    const told = await call(scene.callers.root, 'POST /clients', WIKI)
    assert.equal(told.status, 201)
    const { client_id, client_secret, client_id_issued_at, ...facts } = told.body
    assert.equal(told.location, `http://127.0.0.1/below/clients/${client_id}`)
    assert.match(String(client_secret), /^ptc_[\w-]{43}$/)
    assert.ok(Number.isInteger(client_id_issued_at))
    assert.deepEqual(facts, {
      ...WIKI,
      grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'client_secret_basic',
      enabled: true,
      created_by: scene.callers.root.userId,
      client_secret_expires_at: 0,
    })
    assert.equal((await stored(String(client_id)))?.secret_hash?.toString('hex'), digest(client_secret))
    const { status, body } = await call(scene.callers.root, `GET /clients/${client_id}`)
    assert.equal(status, 200)
    const { client_secret_expires_at, ...shown } = facts
    assert.deepEqual(body, { ...shown, client_id, client_id_issued_at })
  })

  test('has no secret where it is public', async () => {
    const metadata = { ...WIKI, redirect_uris: ['com.example.app:/cb'], token_endpoint_auth_method: 'none' }
    const { client_id, client_secret } = await make(metadata)
    assert.equal(client_secret, undefined)
    assert.equal((await stored(client_id))?.secret_hash, null)
    const refused = await problem(scene.callers.root, `POST /clients/${client_id}/secret`)
    assert.equal(refused, '409 client.keeps_no_secret')
  })

  test('gets another secret, and the old one ends', async () => {
    const { client_id, client_secret } = await make()
    const { status, body } = await call(scene.callers.root, `POST /clients/${client_id}/secret`)
    assert.equal(status, 200)
    assert.deepEqual(Object.keys(body), ['client_id', 'client_secret', 'client_secret_expires_at'])
    assert.notEqual(body['client_secret'], client_secret)
    const [created, rotated] = await auditOf(client_id)
    const metadata = {
      name: 'Wiki',
      redirectUris: WIKI.redirect_uris,
      grantTypes: ['authorization_code'],
      tokenEndpointAuthMethod: 'client_secret_basic',
    }
    assert.deepEqual(created?.details, metadata)
    assert.deepEqual([rotated?.action, rotated?.details], ['client.rotate_secret', null])
    assert.equal((await stored(client_id))?.secret_hash?.toString('hex'), digest(body['client_secret']))
  })

  test('is changed as a whole, and gets or loses its secret with its kind', async () => {
    const { root } = scene.callers
    const { client_id } = await make({ ...WIKI, grant_types: ['authorization_code', 'refresh_token'] })
    const renamed = await call(root, `PUT /clients/${client_id}`, { ...WIKI, client_name: 'Handbook' })
    assert.equal(renamed.status, 200)
    assert.equal(renamed.body['client_name'], 'Handbook')
    assert.deepEqual(renamed.body['grant_types'], ['authorization_code'])
    assert.equal(renamed.body['client_secret'], undefined)
    const open = { ...WIKI, token_endpoint_auth_method: 'none' }
    assert.equal((await call(root, `PUT /clients/${client_id}`, open)).body['client_secret'], undefined)
    assert.equal((await stored(client_id))?.secret_hash, null)
    const closed = await call(root, `PUT /clients/${client_id}`, WIKI)
    assert.equal((await stored(client_id))?.secret_hash?.toString('hex'), digest(closed.body['client_secret']))
    const robot = { ...WIKI, grant_types: ['client_credentials'], redirect_uris: [] }
    assert.equal(await problem(root, `PUT /clients/${client_id}`, robot), '409 client.fixed')
    assert.equal(await problem(root, `PUT /clients/${client_id}`, { ...WIKI, organisation: 1 }), '409 client.fixed')
  })

  test('is disabled for everyone, enabled again, and deleted', async () => {
    const { root } = scene.callers
    const { client_id } = await make()
    for (const [act, enabled] of [
      ['disable', false],
      ['disable', false],
      ['enable', true],
    ] as const) {
      const { status, body } = await call(root, `POST /clients/${client_id}/${act}`)
      assert.deepEqual([status, body['enabled']], [200, enabled])
    }
    assert.equal(await problem(root, `DELETE /clients/${client_id}`), '204')
    assert.equal(await problem(root, `DELETE /clients/${client_id}`), '404 client.not_found')
    assert.deepEqual(
      (await auditOf(client_id)).map(({ organisation, action }) => [organisation, action]),
      [
        [null, 'client.create'],
        [null, 'client.change'],
        [null, 'client.change'],
        [null, 'client.delete'],
      ],
    )
  })
})

describe('a client that acts for itself', () => {
  test('is made with a user of its organisation, which nobody signs in as', async () => {
    const [before] = await scene.server.database.query(REVISION, [2])
    const { client_id, client_secret, user_id } = await make(ROBOT)
    assert.match(String(client_secret), /^ptc_/)
    const [user] = await scene.server.database.query(USER, [user_id])
    const account = { enabled: true, password_hash: null, role: 'user' }
    assert.deepEqual(user, { username: `app-${client_id}`, organisation_id: 2, ...account })
    assert.equal((await stored(client_id))?.user_id, user_id)
    const shown = await call(scene.callers.root, `GET /clients/${client_id}`)
    assert.deepEqual([shown.body['organisation'], shown.body['user_id']], [2, user_id])
    const [record] = await auditOf(client_id)
    assert.deepEqual(record, {
      organisation: 2,
      action: 'client.create',
      object: `client ${client_id}`,
      details: {
        name: 'Robot',
        redirectUris: [],
        grantTypes: ['client_credentials'],
        tokenEndpointAuthMethod: 'client_secret_basic',
        user: user_id,
        revision: Number(before?.head) + 1,
      },
    })
    const [after] = await scene.server.database.query(REVISION, [2])
    assert.equal(after?.head, Number(before?.head) + 1)
  })

  test('has a user that is given no password and no directory entry', async () => {
    const { user_id } = await make(ROBOT)
    const { root } = scene.server
    const user = `/api/users/${user_id}`
    const password = { password: 'long enough for anybody' }
    const hasEmail = await root.sendText(
      `PUT ${user}?organisation=2`,
      JSON.stringify({ email: 'robot@two.example' }),
      IN_JSON,
    )
    assert.equal(hasEmail.status, 202, hasEmail.text)
    const entry = { ldapAuthority: randomUUID(), ldapDn: 'uid=robot' }
    for (const [operation, body, code] of [
      [`PUT ${user}/password?organisation=2`, password, 'sign_in.client_user'],
      [`PUT ${user}?organisation=2`, entry, 'user.of_client'],
    ] as const) {
      const { status, text } = await root.sendText(operation, JSON.stringify(body), IN_JSON)
      assert.deepEqual([status, JSON.parse(text).code], [409, code])
    }
  })

  test('leaves its user disabled when it is deleted', async () => {
    const { root } = scene.callers
    const { client_id, user_id } = await make(ROBOT)
    assert.equal(await problem(root, `DELETE /clients/${client_id}`), '204')
    const [user] = await scene.server.database.query(USER, [user_id])
    assert.equal(user?.['enabled'], false)
    assert.equal(await problem(root, `GET /clients/${client_id}`), '404 client.not_found')
    assert.equal((await auditOf(client_id)).at(-1)?.action, 'client.delete')
  })

  test('is not deleted while its user is the last superadmin who can appoint admins', async () => {
    const { client_id, user_id } = await make(ROBOT)
    await scene.server.database.query(MAKE_SUPERADMIN, [user_id])
    const refused = await problem(scene.callers.root, `DELETE /clients/${client_id}`)
    assert.equal(refused, '409 admin.last_superadmin')
    assert.notEqual(await stored(client_id), undefined)
  })

  test('is refused where there is no organisation for it', async () => {
    const { root } = scene.callers
    const { organisation, ...unowned } = ROBOT
    assert.equal(await problem(root, 'POST /clients', unowned), '400 client.bad_metadata')
    assert.equal(await problem(root, 'POST /clients', { ...WIKI, organisation }), '400 client.bad_metadata')
    assert.equal(await problem(root, 'POST /clients', { ...ROBOT, organisation: 999 }), '404 organisation.not_found')
    assert.equal(
      await problem(root, 'POST /clients', { ...ROBOT, organisation: 3 }),
      '409 organisation.target_disabled',
    )
    assert.equal(await problem(root, 'POST /clients', { ...ROBOT, organisation: 'two' }), '400 request.invalid')
  })
})

test('lists clients in the order of their names, page by page, without secrets', async () => {
  for (const name of ['zz 2', 'zz 1', 'zz 3']) await make({ ...WIKI, client_name: name })
  const all = await call(scene.callers.root, 'GET /clients?page_size=1000')
  const clients = all.body['clients'] as { client_name: string }[]
  assert.deepEqual(
    clients.slice(-3).map(({ client_name }) => client_name),
    ['zz 1', 'zz 2', 'zz 3'],
  )
  assert.equal(all.body['total'], clients.length)
  assert.doesNotMatch(JSON.stringify(all.body), /secret_hash|"client_secret"/)
  const last = await call(scene.callers.root, `GET /clients?page=${clients.length}&page_size=1`)
  assert.deepEqual(last.body['clients'], clients.slice(-1))
})

test('tells what is wrong with metadata, and names the fields', async () => {
  const { root } = scene.callers
  const told = await call(root, 'POST /clients', { client_name: '', redirect_uris: ['http://a.example/'] })
  assert.equal(told.status, 400)
  assert.match(String(told.body['message']), /client_name: .*; redirect_uris\[0\]: /)
  assert.equal(await problem(root, 'POST /clients', { ...WIKI, grant_types: ['implicit'] }), '400 request.invalid')
  assert.equal(await problem(root, 'POST /clients', { ...WIKI, jwks_uri: 'x' }), '400 request.invalid')
})

test('is for superadmins with the flag alone', async () => {
  const { client_id } = await make()
  const one = `/clients/${client_id}`
  const operations: readonly [string, unknown?][] = [
    ['GET /clients'],
    ['POST /clients', WIKI],
    [`GET ${one}`],
    [`PUT ${one}`, WIKI],
    [`POST ${one}/secret`],
    [`POST ${one}/disable`],
    [`POST ${one}/enable`],
    [`DELETE ${one}`],
  ]
  const callers: readonly [CompanyCaller, string][] = [
    ['anonymous', '401 sign_in.required'],
    ['flagless', '403 access.flag_missing'],
    ['ann', '403 client.superadmin_only'],
    ['flagged', '403 client.superadmin_only'],
  ]
  for (const [caller, expected] of callers) {
    for (const [operation, body] of operations) {
      assert.equal(await problem(scene.callers[caller], operation, body), expected, `${caller} ${operation}`)
    }
  }
  for (const [operation, body] of operations.slice(2)) {
    const missing = operation.replace(client_id, 'none')
    assert.equal(await problem(scene.callers.root, missing, body), '404 client.not_found', missing)
    const unnameable = operation.replace(client_id, '%00')
    assert.equal(await problem(scene.callers.root, unnameable, body), '404 request.not_found', unnameable)
  }
})
