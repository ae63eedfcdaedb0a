import assert from 'node:assert/strict'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { sqlCredentialKeys } from '../../../features/credentials/credential-keys.sql.ts'
import { sqlCredentialStore } from '../../../features/credentials/credential-store.sql.ts'
import { rewrapKeys, type WrappedKeyStore } from '../../../features/keys/index.ts'
import { sqlRotationStore } from '../../../features/keys/rotations.sql.ts'
import { systemClock } from '../../../kernel/clock.ts'
import { statement } from '../../../platform/database/statement.ts'
import { testDatabase } from '../../../platform/database/test-database.ts'
import { Envelopes } from '../../../platform/security/envelopes.ts'
import { LocalKeys } from '../../../platform/security/local-keys.ts'
import { MasterKeyFile } from '../../../platform/security/master-key.ts'
import { SealedSecrets, sealingKeyOf } from '../../../platform/security/sealed-secret.ts'
import { openKeys } from '../../open-keys.ts'
import { type CredentialScene, type Shown, startCredentialScene } from '../../testing/credential-scene.ts'

const USED_KEYS = statement<{ readonly key_id: string; readonly count: number }>(
  'test.used-keys',
  `select key_id, count(*)::int as count from (
     select key_id from login_credential union all select key_id from sealing_key
   ) used group by key_id order by key_id`,
)
const DAMAGE = statement('test.damage-data-key', `update login_credential set wrapped_key = 'AAAA' where id = $1`)

const HOUR_MS = 60 * 60 * 1000

interface KeysAnswer {
  readonly currentKey: string
  readonly keys: readonly { readonly keyId: string; readonly wraps: number }[]
  readonly rotation: (Readonly<Record<string, unknown>> & { readonly finishedAt: string | null }) | null
}

async function keysOf(scene: CredentialScene): Promise<KeysAnswer> {
  return (await scene.call(scene.callers.root, 'GET /api/keys')).body as unknown as KeysAnswer
}

async function makeMany(scene: CredentialScene, count: number) {
  const source = await scene.makeDataSource('payroll')
  const names = Array.from({ length: count }, (_, index) => `account ${index}`)
  const accounts = await Promise.all(names.map((name) => scene.makeCredentials(name)))
  const linked = await scene.call(scene.callers.ann, `PUT /v1/datasources/${source.id}`, {
    loginCredentials: accounts.slice(0, 100).map(({ id }) => id),
  })
  assert.equal(linked.status, 200)
  return { source, accounts }
}

/** With whatever keys the node has at this moment. */
async function opens(scene: CredentialScene, { id, name }: Shown): Promise<boolean> {
  const keys = new LocalKeys(new MasterKeyFile(scene.masterKeyFile))
  const secret = await sqlCredentialStore(scene.database).findSecret(1, id)
  return (
    secret !== undefined && (await new Envelopes(keys).open(secret, `login credential ${id}`)) === `secret of ${name}`
  )
}

test('wraps everything with a new key while three nodes read and write, and nothing is unreadable at any instant', async () => {
  await using scene = await startCredentialScene()
  const { source, accounts } = await makeMany(scene, 250)
  // One that takes part in the rotation, and one that hears of the new key by what it reads alone.
  const other = await scene.startNode()
  const reader = await scene.startNode()
  const before = await keysOf(scene)
  assert.deepEqual(before.keys, [{ keyId: before.currentKey, wraps: 251 }])
  const begun = await scene.call(scene.callers.root, 'POST /api/keys/rotate')
  assert.equal(begun.status, 202)
  const { currentKey, rotation } = begun.body as unknown as KeysAnswer
  assert.notEqual(currentKey, before.currentKey)
  assert.equal(rotation?.['keyId'], currentKey)
  let over = false
  const rewrapping = Promise.all([scene.keys.rewrap(), other.keys.rewrap()]).finally(() => {
    over = true
  })
  const readers = [scene, reader].map(async (node, which) => {
    for (let index = which; !over || index < 10; index += 2) {
      const account = accounts[index % 100]
      assert.ok(account)
      // Nobody gets more than thirty an hour.
      scene.clock.time += HOUR_MS
      const told = await node.call(scene.callers.ann, `POST /v1/logincredentials/${account.id}/checkout`, {
        dataSource: source.id,
      })
      assert.equal(told.status, 200, told.text)
      assert.equal((told.body['checkout'] as Shown)['password'], `secret of ${account['name']}`)
    }
  })
  const writer = (async () => {
    for (let index = 0; !over || index < 5; index++) {
      const account = { name: `meanwhile ${index}`, username: 'app', password: `secret of meanwhile ${index}` }
      const made = await other.call(scene.callers.ann, 'POST /v1/logincredentials', account)
      assert.ok(await opens(scene, made.body['logincredentials'] as Shown))
    }
  })()
  await Promise.all([rewrapping, writer, ...readers])
  await scene.keys.rewrap()
  const after = await keysOf(scene)
  assert.deepEqual(
    after.keys.map(({ keyId }) => keyId),
    [currentKey],
  )
  assert.notEqual(after.rotation?.finishedAt, null)
  for (const account of accounts) assert.ok(await opens(scene, account))
})

test('goes on where a rotation was cut off, on another node, without the key that it replaces once it is done', async () => {
  await using scene = await startCredentialScene()
  const { accounts } = await makeMany(scene, 210)
  const [former] = (await readFile(scene.masterKeyFile, 'utf8')).split('\n')
  assert.equal((await scene.call(scene.callers.root, 'POST /api/keys/rotate')).status, 202)
  const cut: WrappedKeyStore = {
    ...sqlCredentialKeys(scene.database),
    listStale: async (slice) => {
      if (slice.after !== undefined) throw new Error('killed after one chunk')
      return await sqlCredentialKeys(scene.database).listStale(slice)
    },
  }
  const keys = new LocalKeys(new MasterKeyFile(scene.masterKeyFile))
  const rotations = sqlRotationStore(scene.database)
  await assert.rejects(rewrapKeys({ clock: systemClock, keys, rotations, stores: [cut] }), /killed/)
  const half = await keysOf(scene)
  assert.equal(half.rotation?.['rewrapped'], 200)
  assert.equal(half.rotation?.finishedAt, null)
  assert.equal((await scene.call(scene.callers.root, 'POST /api/keys/rotate')).status, 409)
  const other = await scene.startNode()
  await other.keys.rewrap()
  assert.equal((await keysOf(scene)).rotation?.['rewrapped'], 211)
  // What was wrapped with it is not any more: nothing needs the former key.
  const text = await readFile(scene.masterKeyFile, 'utf8')
  await writeFile(scene.masterKeyFile, text.replace(`${former}\n`, ''))
  assert.equal((await new MasterKeyFile(scene.masterKeyFile).read()).length, 1)
  await scene.startNode()
  for (const account of accounts) assert.ok(await opens(scene, account))
})

test('takes nothing back on a node that has not the new key, and is not finished by it', async () => {
  await using scene = await startCredentialScene()
  await makeMany(scene, 3)
  const masterKeyFile = `${scene.masterKeyFile}.copy`
  await copyFile(scene.masterKeyFile, masterKeyFile)
  const other = await scene.startNode({ masterKeyFile })
  const { currentKey } = (await scene.call(scene.callers.root, 'POST /api/keys/rotate')).body as unknown as KeysAnswer
  await assert.rejects(other.keys.rewrap(), { code: 'key_rotation.other_key', message: new RegExp(currentKey) })
  assert.equal((await keysOf(scene)).rotation?.finishedAt, null)
  await scene.keys.rewrap()
  await assert.rejects(
    other.keys.rewrap().then(() => other.keys.check()),
    { code: 'master_key.wrong' },
  )
  const after = await keysOf(scene)
  assert.deepEqual(after.keys, [{ keyId: currentKey, wraps: 4 }])
  assert.notEqual(after.rotation?.finishedAt, null)
})

test('leads a rotation that is under way on to the key that is put on top meanwhile, when told to keep that', async () => {
  await using scene = await startCredentialScene()
  await makeMany(scene, 3)
  await scene.call(scene.callers.root, 'POST /api/keys/rotate')
  const text = await readFile(scene.masterKeyFile, 'utf8')
  await writeFile(scene.masterKeyFile, `${Buffer.alloc(32, 9).toString('base64')}\n${text}`)
  await assert.rejects(scene.keys.rewrap(), { code: 'key_rotation.other_key', message: /keepKey/ })
  assert.equal((await scene.call(scene.callers.root, 'POST /api/keys/rotate', { keepKey: true })).status, 202)
  await scene.keys.rewrap()
  const { currentKey, keys, rotation } = await keysOf(scene)
  assert.deepEqual(keys, [{ keyId: currentKey, wraps: 4 }])
  assert.notEqual(rotation?.finishedAt, null)
})

test('ends, with a reason, where a key command wraps with another key than it says', async () => {
  await using scene = await startCredentialScene()
  const keyCommand = `${scene.masterKeyFile}.command`
  const script = `#!${process.execPath}
const { operation, key } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'))
console.log(JSON.stringify(operation === 'wrap' ? { keyId: 'hsm-1', wrapped: key } : { keyId: 'alias' }))
`
  await writeFile(keyCommand, script, { mode: 0o700 })
  const node = await scene.startNode({ keyCommand })
  assert.equal((await node.call(scene.callers.root, 'POST /api/keys/rotate')).status, 202)
  await assert.rejects(node.keys.rewrap(), { code: 'key_rotation.other_key', message: /hsm-1/ })
})

test('leaves a password alone that is changed between the reading of its key and the writing', async () => {
  await using scene = await startCredentialScene()
  const { accounts } = await makeMany(scene, 3)
  const [changed] = accounts
  assert.ok(changed)
  await scene.call(scene.callers.root, 'POST /api/keys/rotate')
  const stored = sqlCredentialKeys(scene.database)
  let reads = 0
  const overtaken: WrappedKeyStore = {
    ...stored,
    listStale: async (slice) => {
      const stale = await stored.listStale(slice)
      if (reads++ > 0) return stale
      const password = `secret of ${changed['name']}`
      await scene.call(scene.callers.ann, `PUT /v1/logincredentials/${changed.id}`, { password })
      return stale
    },
  }
  const keys = new LocalKeys(new MasterKeyFile(scene.masterKeyFile))
  const rotations = sqlRotationStore(scene.database)
  await rewrapKeys({ clock: systemClock, keys, rotations, stores: [overtaken] })
  for (const account of accounts) assert.ok(await opens(scene, account))
})

test('refuses to start without a key that is still needed, and says which', async () => {
  await using scene = await startCredentialScene()
  await makeMany(scene, 3)
  const { currentKey: former } = await keysOf(scene)
  const [line] = (await readFile(scene.masterKeyFile, 'utf8')).split('\n')
  await scene.call(scene.callers.root, 'POST /api/keys/rotate')
  const text = await readFile(scene.masterKeyFile, 'utf8')
  await writeFile(scene.masterKeyFile, text.replace(`${line}\n`, ''))
  await assert.rejects(scene.startNode(), { code: 'master_key.wrong', message: new RegExp(former) })
})

test('changes to a key that was put into the file by hand, making none', async () => {
  await using scene = await startCredentialScene()
  await makeMany(scene, 3)
  const before = await keysOf(scene)
  const text = await readFile(scene.masterKeyFile, 'utf8')
  const added = `${Buffer.alloc(32, 9).toString('base64')}\n`
  await writeFile(scene.masterKeyFile, added + text)
  const begun = await scene.call(scene.callers.root, 'POST /api/keys/rotate', { keepKey: true })
  assert.equal(begun.status, 202)
  assert.equal(await readFile(scene.masterKeyFile, 'utf8'), added + text)
  await scene.keys.rewrap()
  const after = await keysOf(scene)
  assert.notEqual(after.currentKey, before.currentKey)
  assert.deepEqual(after.keys, [{ keyId: after.currentKey, wraps: 4 }])
})

test('is not held up by a data key that is damaged, and tells of it', async () => {
  await using scene = await startCredentialScene()
  const { accounts } = await makeMany(scene, 3)
  await scene.database.query(DAMAGE, [accounts[0]?.id])
  await scene.call(scene.callers.root, 'POST /api/keys/rotate')
  await scene.keys.rewrap()
  const { rotation } = await keysOf(scene)
  assert.deepEqual([rotation?.['rewrapped'], rotation?.['unreadable']], [3, 1])
  assert.notEqual(rotation?.finishedAt, null)
})

test('takes a key command over from the file, and wraps all by it', async () => {
  await using scene = await startCredentialScene()
  await makeMany(scene, 3)
  const keyCommand = `${scene.masterKeyFile}.command`
  const script = `#!${process.execPath}
const { operation, key, wrapped } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'))
console.log(JSON.stringify({ keyId: 'hsm-1', ...(key && { wrapped: key }), ...(wrapped && { key: wrapped }) }))
`
  await writeFile(keyCommand, script, { mode: 0o700 })
  const node = await scene.startNode({ keyCommand })
  assert.equal((await node.call(scene.callers.root, 'POST /api/keys/rotate')).status, 202)
  await node.keys.rewrap()
  assert.deepEqual(await scene.database.query(USED_KEYS), [{ key_id: 'command:hsm-1', count: 4 }])
  // By now it does without the file; and what has the file alone is told what it lacks.
  await scene.startNode({ keyCommand, masterKeyFile: '/nonexistent/master.key' })
  await assert.rejects(scene.startNode(), { code: 'key_ring.no_service', message: /PORTREEVE_KEY_COMMAND/ })
})

test('opens what was sealed with the master key itself, before and after that is replaced', async () => {
  await using scene = await startCredentialScene()
  await using former = await testDatabase()
  const [masterKey] = await new MasterKeyFile(scene.masterKeyFile).read()
  assert.ok(masterKey)
  const sealed = new SealedSecrets(sealingKeyOf(masterKey)).seal('bind password', 'authority')
  await former.db.query(SEALED_BEFORE, [sealed])
  const source = { masterKeyFile: scene.masterKeyFile }
  const { sealer } = await openKeys(former.db, source)
  assert.equal(sealer.open(sealed, 'authority'), 'bind password')
  const since = sealer.seal('second factor', 'user')
  assert.notEqual(since.split('.')[1], sealed.split('.')[1])
  // Rotated on the other database: the file has a new key on top.
  await scene.call(scene.callers.root, 'POST /api/keys/rotate')
  const later = await openKeys(former.db, source)
  assert.equal(later.sealer.open(sealed, 'authority'), 'bind password')
  assert.equal(later.sealer.open(since, 'user'), 'second factor')
  await using other = await testDatabase()
  await other.db.query(SEALED_BEFORE, [new SealedSecrets(sealingKeyOf(new Uint8Array(32))).seal('x', 'y')])
  await assert.rejects(openKeys(other.db, source), { code: 'keys.former_missing', message: /Restore the file/ })
  await assert.rejects(openKeys(other.db, { masterKeyFile: '/nonexistent/master.key' }), { code: 'master_key.missing' })
})

test('opens what a node of the version before seals while this one runs already', async () => {
  await using scene = await startCredentialScene()
  await using upgraded = await testDatabase()
  const [masterKey] = await new MasterKeyFile(scene.masterKeyFile).read()
  assert.ok(masterKey)
  const { sealer } = await openKeys(upgraded.db, { masterKeyFile: scene.masterKeyFile })
  const sealed = new SealedSecrets(sealingKeyOf(masterKey)).seal('bind password', 'authority')
  assert.equal(sealer.open(sealed, 'authority'), 'bind password')
})

const SEALED_BEFORE = statement(
  'test.sealed-before',
  `insert into ldap_authority (id, organisation_id, name, name_key, url, start_tls, bind_dn, bind_password, user_base, user_filter,
     username_attribute, email_attribute, display_name_attribute, page_size, timeout_ms)
   values (gen_random_uuid(), 1, 'd', 'd', 'ldap://d', false, 'cn=a', $1, 'o=a', '(a=b)', 'uid', 'mail', 'cn', 1, 1)`,
)

test('two nodes that start at once on an empty database make one key', async () => {
  await using scene = await startCredentialScene()
  await using empty = await testDatabase()
  const source = { masterKeyFile: `${scene.masterKeyFile}.fresh` }
  const opened = await Promise.all(Array.from({ length: 4 }, () => openKeys(empty.db, source)))
  const sealed = opened[0]?.sealer.seal('x', 'r') ?? ''
  for (const { sealer } of opened) assert.equal(sealer.open(sealed, 'r'), 'x')
})

test('shows and changes keys for superadmins with allow_modify_settings alone, and never a key', async () => {
  await using scene = await startCredentialScene()
  for (const caller of ['ann', 'admin', 'sam', 'eve'] as const) {
    for (const operation of ['GET /api/keys', 'POST /api/keys/rotate']) {
      assert.equal((await scene.call(scene.callers[caller], operation)).status, 403, `${operation} by ${caller}`)
    }
  }
  await scene.call(scene.callers.root, 'POST /api/keys/rotate')
  await keysOf(scene)
  for (const key of (await readFile(scene.masterKeyFile, 'utf8')).trim().split('\n')) {
    assert.ok(scene.said.every((text) => !text.includes(key)))
  }
})
