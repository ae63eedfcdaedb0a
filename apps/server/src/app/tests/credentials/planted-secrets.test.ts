import assert from 'node:assert/strict'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { sqlCredentialStore } from '../../../features/credentials/credential-store.sql.ts'
import type { Database } from '../../../platform/database/database.ts'
import { Envelopes } from '../../../platform/security/envelopes.ts'
import { LocalKeys } from '../../../platform/security/local-keys.ts'
import { MasterKeyFile } from '../../../platform/security/master-key.ts'
import { openKeys } from '../../open-keys.ts'
import { type CredentialScene, startCredentialScene } from '../../testing/credential-scene.ts'

/** Every row of every table, as text. */
async function dump(database: Database): Promise<string> {
  const tables = await database.query<{ name: string }>({
    name: '',
    text: `select format('%I.%I', schemaname, tablename) as name from pg_tables
           where schemaname not in ('pg_catalog', 'information_schema')`,
  })
  const rows = await Promise.all(
    tables.map(({ name }) =>
      database.query<{ text: string }>({ name: '', text: `select entry::text as text from ${name} entry` }),
    ),
  )
  return rows
    .flat()
    .map(({ text }) => text)
    .join('\n')
}

/** A text as it might be found: itself, or in one of the encodings that hide it from the eye alone. */
function disguisesOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  // Base64 of the text at each of the three places where it can begin, without what its neighbours have a part in.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(4, -4),
  )
  return [
    secret,
    bytes.toString('hex'),
    ...base64,
    ...base64.map((text) => text.replace(/\+/g, '-').replace(/\//g, '_')),
  ]
}

const PLANTED = Array.from({ length: 6 }, (_, index) => `Planted-Secret-${index}-kX7qZ9wB`)

/** Does with secrets whatever one can, well and badly. */
async function plant({ call, callers, makeDataSource, makeCredentials }: CredentialScene): Promise<void> {
  const { ann, sam, bob } = callers
  const source = await makeDataSource('planted', { host: '127.0.0.1', port: 1, stewards: ['sam'] })
  const [first, second, third, fourth, fifth, sixth] = PLANTED
  const { id } = await makeCredentials('planted account', { password: first }, source.id)
  const path = `/v1/logincredentials/${id}`
  await call(ann, `PUT ${path}`, { password: second })
  await call(bob, `PUT ${path}`, { password: third })
  await call(ann, `PUT ${path}`, { password: fourth, colour: 'red' })
  await call(ann, `PUT ${path}`, { password: { is: fourth } })
  await call(ann, `PUT ${path}`, `{"password": "${fourth}"`)
  await call(ann, 'POST /v1/logincredentials', { name: 'planted account', username: 'u', password: fifth })
  await call(ann, 'POST /v1/logincredentials', { name: 'trusted', trusted: true, password: fifth })
  await call(undefined, 'POST /v1/logincredentials', { name: 'x', username: 'u', password: sixth })
  await call(sam, `POST /v1/datasources/${source.id}/testConnection`, { loginCredentials: id })
  await call(ann, `GET ${path}`)
  await call(ann, 'GET /v1/logincredentials?q=planted')
  await call(ann, `GET /v1/datasources/${source.id}/logincredentials`)
  await call(ann, `GET ${path}/usage`)
}

test('a planted secret is in no table, log, error, audit record or answer, but in that to a checkout', async () => {
  await using scene = await startCredentialScene()
  await plant(scene)
  const everything = [await dump(scene.database), ...scene.said].join('\n')
  assert.match(everything, /login_credential\.create/)
  assert.match(everything, /planted account/)
  for (const secret of PLANTED) {
    for (const text of disguisesOf(secret)) assert.ok(!everything.includes(text), `${text} of ${secret} has come out`)
  }
  // The same search finds it where it must be.
  const [source] = (await scene.call(scene.callers.sam, 'GET /v1/datasources')).body['datasources'] as { id: number }[]
  const [account] = (await scene.call(scene.callers.sam, 'GET /v1/logincredentials?q=planted')).body[
    'logincredentials'
  ] as { id: number }[]
  const told = await scene.call(scene.callers.sam, `POST /v1/logincredentials/${account?.id}/checkout`, {
    dataSource: source?.id,
  })
  assert.ok(told.text.includes(String(PLANTED[1])))
  assert.ok(
    !scene.said
      .filter((text) => text !== told.text)
      .join('\n')
      .includes(String(PLANTED[1])),
  )
  assert.ok(!(await dump(scene.database)).includes(String(PLANTED[1])))
})

test('whoever has the database and another key opens nothing of it', async () => {
  await using scene = await startCredentialScene()
  const source = await scene.makeDataSource('payroll')
  const { id } = await scene.makeCredentials('payroll account', { password: PLANTED[0] }, source.id)
  const secret = await sqlCredentialStore(scene.database).findSecret(1, id)
  assert.ok(secret)
  await using directory = await mkdtempDisposable(join(tmpdir(), 'portreeve-thief-'))
  const file = new MasterKeyFile(join(directory.path, 'master.key'))
  await file.make()
  const thief = new Envelopes(new LocalKeys(file))
  await assert.rejects(thief.open(secret, `login credential ${id}`), { code: 'master_key.wrong' })
  // Nor by saying that it was the thief's own key that wrapped it.
  const keyId = await new LocalKeys(file).currentKeyId()
  const renamed = { ...secret, key: { ...secret.key, keyId } }
  await assert.rejects(thief.open(renamed, `login credential ${id}`), { code: 'master_key.damaged' })
})

test('a secret that was moved to another record does not open there, with its key or without', async () => {
  await using scene = await startCredentialScene()
  const source = await scene.makeDataSource('payroll')
  const victim = await scene.makeCredentials('victim', { password: PLANTED[0] })
  const mine = await scene.makeCredentials('mine', {}, source.id)
  for (const columns of ['sealed_secret', 'sealed_secret, key_id, wrapped_key']) {
    await scene.database.query(
      {
        name: '',
        text: `update login_credential set (${columns}) = (select ${columns} from login_credential where id = $2) where id = $1`,
      },
      [mine.id, victim.id],
    )
    const told = await scene.call(scene.callers.ann, `POST /v1/logincredentials/${mine.id}/checkout`, {
      dataSource: source.id,
    })
    assert.equal(told.status, 503)
    assert.doesNotMatch(told.text, /Planted/)
  }
})

test('a start with a wrong or a missing key fails, naming file and key, and makes no key', async () => {
  await using scene = await startCredentialScene()
  await scene.makeCredentials('payroll account')
  const keyId = await new LocalKeys(new MasterKeyFile(scene.masterKeyFile)).currentKeyId()
  await using directory = await mkdtempDisposable(join(tmpdir(), 'portreeve-start-'))
  const absent = join(directory.path, 'absent.key')
  await assert.rejects(openKeys(scene.database, { masterKeyFile: absent }), {
    code: 'master_key.missing',
    message: /absent\.key that they were encrypted with is not there. Restore it from its copy/,
  })
  assert.equal(await new MasterKeyFile(absent).find(), undefined)
  const other = new MasterKeyFile(join(directory.path, 'other.key'))
  await other.make()
  await assert.rejects(openKeys(scene.database, { masterKeyFile: other.path }), {
    code: 'master_key.wrong',
    message: new RegExp(`encrypted with the master key ${keyId}, and the file .*other\\.key holds`),
  })
})
