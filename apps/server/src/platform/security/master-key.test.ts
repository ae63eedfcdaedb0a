import assert from 'node:assert/strict'
import { mkdtempDisposable, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openMasterKey } from './master-key.ts'

const scratchDirectory = () => mkdtempDisposable(join(tmpdir(), 'portreeve-key-'))

test('makes a key that only its own account can read, and finds it again', async () => {
  await using directory = await scratchDirectory()
  const file = join(directory.path, 'master.key')
  const made = await openMasterKey(file)
  assert.equal(made.length, 32)
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  assert.deepEqual(await openMasterKey(file), made)
})

test('makes one key, however many start at once, and leaves nothing beside it', async () => {
  await using directory = await scratchDirectory()
  const file = join(directory.path, 'master.key')
  const keys = await Promise.all(Array.from({ length: 8 }, () => openMasterKey(file)))
  assert.equal(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size, 1)
  assert.deepEqual(await readdir(directory.path), ['master.key'])
})

test('refuses a file that holds no key, without touching or showing it', async () => {
  await using directory = await scratchDirectory()
  const file = join(directory.path, 'master.key')
  for (const text of ['', 'c2hvcnQ=\n', 'x'.repeat(44), `${'A'.repeat(43)}=${'A'.repeat(44)}`]) {
    await writeFile(file, text)
    await assert.rejects(openMasterKey(file), { code: 'master_key.bad_form', message: /openssl rand -base64 32/ })
    assert.equal(await readFile(file, 'utf8'), text)
  }
})

test('says why the file cannot be used', async () => {
  await using directory = await scratchDirectory()
  const expected = { code: 'master_key.unusable', message: /master\.key cannot be used/ }
  await assert.rejects(openMasterKey(join(directory.path, 'absent', 'master.key')), expected)
  await assert.rejects(openMasterKey(directory.path), { code: 'master_key.unusable' })
})
