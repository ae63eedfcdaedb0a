import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type CredentialScene, type Shown, startCredentialScene } from '../../testing/credential-scene.ts'

let scene: CredentialScene
before(async () => {
  scene = await startCredentialScene()
})
after(() => scene[Symbol.asyncDispose]())

const FIELDS = [
  ...[
    'id',
    'name',
    'type',
    'url',
    'link',
    'createdAt',
    'modifiedAt',
    'description',
    'status',
    'aliases',
    'abbreviations',
  ],
  ...['userData', 'username', 'trusted', 'trustedHost', 'role', 'passwordSetAt', 'passwordSetBy'],
]
const SEED_FIELDS = {
  name: 'Administrator',
  username: 'Administrator',
  status: 'In progress',
  description: 'Admin user',
  trustedHost: 'esvmhostname.',
  role: 'Admin',
  aliases: 'alias',
  abbreviations: 'Ad',
  userData: 'some text',
}

const one = (told: { readonly body: Readonly<Record<string, unknown>> }) => told.body['logincredentials'] as Shown

for (const root of ['/v1', '/api/v1']) {
  test(`${root}: makes, shows, changes and deletes login credentials as the seed says`, async () => {
    const { call, callers, clock } = scene
    const { ann, bob } = callers
    const at = Math.floor(clock.time / 1000)
    const made = await call(ann, `POST ${root}/logincredentials`, { ...SEED_FIELDS, password: 'tiger' })
    assert.equal(made.status, 200)
    const { id } = one(made)
    const expected = {
      id,
      ...SEED_FIELDS,
      type: 'Login Credentials',
      url: `/v1/logincredentials/${id}`,
      link: `/identityobject/view.spg?key=${id}`,
      createdAt: at,
      modifiedAt: at,
      trusted: false,
      passwordSetAt: at,
      passwordSetBy: { id: ann.id, name: 'ann', type: 'person', url: `/api/users/${ann.id}` },
    }
    assert.deepEqual(made.body, { logincredentials: expected })
    assert.deepEqual((await call(bob, `GET ${root}/logincredentials/${id}`)).body, { logincredentials: expected })
    clock.time += 5000
    const changed = await call(ann, `PUT ${root}/logincredentials/${id}`, { status: 'Online', password: 'lion' })
    const after = { ...expected, status: 'Online', modifiedAt: at + 5, passwordSetAt: at + 5 }
    assert.deepEqual(changed.body, { logincredentials: after })
    // As it was told, it can be sent back.
    const again = await call(ann, `PUT ${root}/logincredentials/${id}`, after)
    assert.deepEqual(again.body, { logincredentials: after })
    const gone = await call(ann, `DELETE ${root}/logincredentials/${id}`)
    assert.deepEqual(gone.body, { message: 'OK', status: '200' })
    const missing = await call(ann, `GET ${root}/logincredentials/${id}`)
    assert.deepEqual([missing.status, missing.body], [404, { message: 'Not Found', status: 404 }])
  })
}

test('lists them by name, narrowed by words and first letter, and those of a data source alone', async () => {
  const { call, callers, makeDataSource, makeCredentials } = scene
  const source = await makeDataSource('Listed')
  const linked = await makeCredentials('zeta list', { description: 'the Payroll list' }, source.id)
  for (const name of ['alpha list', 'Beta list', 'beta two list']) await makeCredentials(name)
  const list = async (query: string, path = '/v1/logincredentials') => {
    const { body } = await call(callers.bob, `GET ${path}?${query}`)
    const entries = body['logincredentials'] as Shown[]
    for (const entry of entries) assert.deepEqual(Object.keys(entry).toSorted(), FIELDS.toSorted())
    return { metadata: body['metadata_'], names: entries.map(({ name }) => name) }
  }
  assert.deepEqual(await list('q=list'), {
    metadata: { limit: 25, offset: 0, totalCount: 4, q: 'list' },
    names: ['alpha list', 'Beta list', 'beta two list', 'zeta list'],
  })
  assert.deepEqual(await list('q=LIST&alphaFilter=B&limit=1&offset=1'), {
    metadata: { limit: 1, offset: 1, totalCount: 2, q: 'LIST', alphaFilter: 'B' },
    names: ['beta two list'],
  })
  assert.deepEqual((await list('q=payroll list')).names, ['zeta list'])
  const path = `/api/v1/datasources/${source.id}/logincredentials`
  assert.deepEqual(await list('', path), {
    metadata: { limit: 25, offset: 0, totalCount: 1 },
    names: ['zeta list'],
  })
  assert.deepEqual((await list('alphaFilter=a', path)).names, [])
  assert.deepEqual(await list('offset=10', path), { metadata: { limit: 25, offset: 10, totalCount: 1 }, names: [] })
  await call(callers.ann, `DELETE /v1/logincredentials/${linked.id}`)
  assert.deepEqual((await list('', path)).names, [])
})

test('lets trusted ones go without username and password, and no others', async () => {
  const { call, callers } = scene
  const { ann } = callers
  const made = await call(ann, 'POST /v1/logincredentials', { name: 'by host', trusted: true, trustedHost: 'esvm' })
  const { id, username, passwordSetAt } = one(made)
  assert.deepEqual([made.status, username, passwordSetAt], [200, '', undefined])
  const put = (body: object) => call(ann, `PUT /v1/logincredentials/${id}`, body)
  assert.equal((await put({ trusted: false })).outcome, '400 username field is required')
  assert.equal((await put({ trusted: false, username: 'app' })).outcome, '400 password field is required')
  assert.equal((await put({ trusted: false, username: 'app', password: 'x' })).outcome, '200')
  assert.equal((await put({ password: null })).outcome, '400 password field is required')
  assert.equal(one(await put({ trusted: true, password: null }))['passwordSetAt'], undefined)
})

const LONG = 'x'.repeat(256)
const good = { name: 'never made', username: 'u', password: 'p' }
type Row = readonly [because: string, body: unknown, outcome: RegExp]
const refused: readonly Row[] = [
  ['no name', { username: 'u', password: 'p' }, /^400 name field is required$/],
  ['no username', { name: 'n', password: 'p' }, /^400 username field is required$/],
  ['no password', { name: 'n', username: 'u' }, /^400 password field is required$/],
  ['untrusted in as many words', { name: 'n', trusted: false }, /^400 username field is required$/],
  ['a name that is taken', { ...good, name: 'TAKEN' }, /^400 There is a Login Credentials with the same name$/],
  ['a field nobody knows', { ...good, colour: 'red' }, /^400 unknown field "colour" \(known: name, /],
  ['a number for a name', { ...good, name: 7 }, /^400 name must be a string$/],
  ['a blank at the end of the name', { ...good, name: 'n ' }, /^400 name must be printable/],
  ['a name that is too long', { ...good, name: LONG }, /^400 name must have at most 255 characters$/],
  ['an empty password', { ...good, password: '' }, /^400 password must not be empty$/],
  ['a password that is none', { ...good, password: 5 }, /^400 password must be a string$/],
  ['a zero character', { ...good, password: 'a\0b' }, /^400 .*password/],
  ['trusted as a word', { ...good, trusted: 'yes' }, /^400 trusted must be true or false$/],
  ['a fixed id', { ...good, id: 5 }, /^400 unknown field "id"/],
  ['broken JSON', '{"name":', /^400 Error parsing json content$/],
  ['no body', undefined, /^400 Error parsing json content$/],
]

for (const [because, body, outcome] of refused) {
  test(`refuses to make login credentials with ${because}`, async () => {
    const { call, callers } = scene
    await call(callers.ann, 'POST /v1/logincredentials', { ...good, name: 'taken' })
    const told = await call(callers.ann, 'POST /v1/logincredentials', body)
    assert.match(told.outcome, outcome)
    assert.deepEqual(Object.keys(told.body), ['message', 'status'])
    assert.equal(told.body['status'], 400)
  })
}

test('refuses what a change cannot be', async () => {
  const { call, callers, makeCredentials } = scene
  const { id } = await makeCredentials('to be changed')
  await makeCredentials('another')
  const put = async (body: unknown) => (await call(callers.ann, `PUT /v1/logincredentials/${id}`, body)).outcome
  assert.equal(await put({ name: 'Another' }), '400 There is a Login Credentials with the same name')
  assert.equal(await put({ id: id + 1 }), `400 id must be ${id}, as in the path, or left out`)
  assert.equal(await put({ id: 'x' }), '400 id must be an integer')
  assert.match(await put({ colour: 1 }), /^400 unknown field "colour"/)
  assert.equal(await put({ username: '' }), '400 username must not be empty')
  assert.equal((await call(callers.ann, 'PUT /v1/logincredentials/999999', {})).status, 404)
  assert.equal((await call(callers.ann, 'PUT /v1/logincredentials/x', {})).status, 404)
})

test('lets admins with the flag, their maker and stewards of what they are linked to change them, and others read', async () => {
  const { call, callers, makeDataSource, makeCredentials } = scene
  const { ann, admin, sam, bob, eve, root } = callers
  const group = await call(ann, 'POST /v1/groups', { name: 'guarded', membersType: 'datasource', stewards: ['sam'] })
  const { id: groupId } = group.body['group'] as Shown
  const inside = await call(ann, 'POST /v1/groups', { name: 'inside', membersType: 'datasource', parentId: groupId })
  const source = await makeDataSource('guarded source', { groupId: (inside.body['group'] as Shown).id })
  const { id } = await makeCredentials('guarded account')
  const put = async (caller: typeof ann) =>
    (await call(caller, `PUT /v1/logincredentials/${id}`, { status: `by ${caller.id}` })).outcome
  assert.equal(await put(sam), '403 Forbidden')
  await call(ann, `PUT /v1/datasources/${source.id}`, { loginCredentials: ['guarded account'] })
  for (const caller of [ann, root, sam]) assert.equal(await put(caller), '200')
  for (const caller of [bob, admin]) assert.equal(await put(caller), '403 Forbidden')
  assert.equal((await call(bob, `DELETE /v1/logincredentials/${id}`)).outcome, '403 Forbidden')
  assert.equal((await call(bob, `GET /v1/logincredentials/${id}`)).status, 200)
  for (const operation of ['GET', 'PUT', 'DELETE']) {
    const body = operation === 'PUT' ? {} : undefined
    assert.equal((await call(eve, `${operation} /v1/logincredentials/${id}`, body)).outcome, '404 Not Found')
  }
  // Stewards store accounts for what they look after, and stay their editors as their makers.
  const mine = await call(sam, 'POST /v1/logincredentials', { name: 'by sam', username: 'u', password: 'p' })
  assert.equal(mine.status, 200)
  assert.equal((await call(sam, `PUT /v1/logincredentials/${one(mine).id}`, { role: 'x' })).status, 200)
  assert.equal((await call(bob, 'POST /v1/logincredentials', good)).outcome, '403 Forbidden')
  assert.equal((await call(eve, `GET /v1/datasources/${source.id}/logincredentials`)).outcome, '404 Not Found')
})

test('links login credentials to a data source for their editors alone: it hands their secret to its stewards', async () => {
  const { call, callers, makeDataSource, makeCredentials } = scene
  const { ann, sam } = callers
  const own = await makeDataSource('of sam', { stewards: ['sam'] })
  const foreign = await makeCredentials('not of sam')
  const link = async (caller: typeof ann, ...references: readonly unknown[]) =>
    (await call(caller, `PUT /v1/datasources/${own.id}`, { loginCredentials: references })).outcome
  assert.equal(await link(sam, foreign.id), '403 Forbidden')
  const mine = await call(sam, 'POST /v1/logincredentials', { name: 'of sam', username: 'u', password: 'p' })
  assert.equal(await link(sam, one(mine).id), '200')
  assert.equal(await link(ann, one(mine).id, 'NOT of sam'), '200')
  // It is linked already: sam is its editor by now.
  assert.equal(await link(sam, { id: foreign.id }, { name: 'of sam' }), '200')
  assert.match(await link(sam, 'of sam', 'no such account'), /^400 loginCredentials\[1\] must be the id or the name/)
  assert.match(await link(sam, 987_654), /^400 loginCredentials\[0\]/)
  assert.equal(await link(sam), '200')
  assert.equal(await link(sam, foreign.id), '403 Forbidden')
})

test('one account serves many data sources, and goes when it is deleted', async () => {
  const { call, callers, makeDataSource, makeCredentials } = scene
  const [one, other] = [await makeDataSource('served one'), await makeDataSource('served other')]
  const account = await makeCredentials('serving many', {}, one.id, other.id)
  const linkedTo = async ({ id }: Shown) => {
    const { body } = await call(callers.bob, `GET /v1/datasources/${id}/logincredentials`)
    return (body['logincredentials'] as Shown[]).map((each) => each.id)
  }
  assert.deepEqual([await linkedTo(one), await linkedTo(other)], [[account.id], [account.id]])
  await call(callers.ann, `DELETE /v1/datasources/${one.id}`)
  assert.equal((await call(callers.ann, `GET /v1/logincredentials/${account.id}`)).status, 200)
  assert.deepEqual(await linkedTo(other), [account.id])
})

test('refuses the anonymous in JSON, and in XML where that is asked for', async () => {
  const { call } = scene
  for (const operation of ['GET /v1/logincredentials', 'POST /api/v1/logincredentials/1/checkout']) {
    const told = await call(undefined, operation)
    assert.equal(told.status, 401)
    assert.equal(told.body['status'], 401)
    const asXml = await call(undefined, operation, undefined, 'application/xml')
    assert.match(asXml.text, /<oauth><error>.+<\/error><\/oauth>$/)
  }
})

test('their pages, and those of data sources, as the original has them, lead to the console', async () => {
  const account = await scene.makeCredentials('with a page')
  const source = await scene.makeDataSource('with a page')
  assert.equal(account['link'], `/identityobject/view.spg?key=${account.id}`)
  assert.equal(source['link'], `/datasource/view.spg?key=${source.id}`)
  for (const [link, page] of [
    [account['link'], `/console/login-credentials/${account.id}`],
    [source['link'], `/console/data-sources/${source.id}`],
  ]) {
    const told = await scene.call(undefined, `GET ${link}`, undefined, 'text/html')
    assert.deepEqual([told.status, told.headers.get('location')], [302, page])
  }
  assert.equal((await scene.call(undefined, 'GET /datasource/view.spg?key=one', undefined, 'text/html')).status, 400)
})
