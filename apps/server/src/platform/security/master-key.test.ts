import assert from 'node:assert/strict'
import { chmod, mkdtempDisposable, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { MasterKeyFile } from './master-key.ts'

const scratchDirectory = () => mkdtempDisposable(join(tmpdir(), 'portreeve-key-'))
const hex = (keys: readonly Uint8Array[]) => keys.map((key) => Buffer.from(key).toString('hex'))

test('makes a key that only its own account can read, and finds it again', async () => {
  await using directory = await scratchDirectory()
  const file = new MasterKeyFile(join(directory.path, 'master.key'))
  assert.equal(await file.find(), undefined)
  const [made] = await file.make()
  assert.equal(made?.length, 32)
  assert.equal((await stat(file.path)).mode & 0o777, 0o600)
  assert.deepEqual(await file.read(), [made])
})

test('makes one key, however many start at once, and leaves nothing beside it', async () => {
  await using directory = await scratchDirectory()
  const path = join(directory.path, 'master.key')
  const keys = await Promise.all(Array.from({ length: 8 }, () => new MasterKeyFile(path).make()))
  assert.equal(new Set(keys.flatMap(hex)).size, 1)
  assert.deepEqual(await readdir(directory.path), ['master.key'])
})

test('puts a new key on top of the others, for its own account alone, and leaves nothing beside it', async () => {
  await using directory = await scratchDirectory()
  const file = new MasterKeyFile(join(directory.path, 'master.key'))
  const first = hex(await file.make())
  // As editors leave it, and readable by more than its account.
  await writeFile(file.path, (await readFile(file.path, 'utf8')).trimEnd())
  await chmod(file.path, 0o644)
  const both = hex(await file.add())
  assert.deepEqual(both.slice(1), first)
  assert.notEqual(both[0], first[0])
  assert.deepEqual(hex(await file.add()).slice(1), both)
  assert.equal((await stat(file.path)).mode & 0o777, 0o600)
  assert.deepEqual(await readdir(directory.path), ['master.key'])
})

test('tells that every account of the machine can read the file', async () => {
  await using directory = await scratchDirectory()
  const file = new MasterKeyFile(join(directory.path, 'master.key'))
  assert.equal(await file.isOpenToAll(), false)
  await file.make()
  for (const [mode, isOpen] of [
    [0o600, false],
    [0o440, false],
    [0o644, true],
    [0o602, true],
  ] as const) {
    await chmod(file.path, mode)
    assert.equal(await file.isOpenToAll(), isOpen, mode.toString(8))
  }
})

test('puts a new key into the file that a symbolic link points to, for whoever else has a link to it', async () => {
  await using directory = await scratchDirectory()
  const shared = new MasterKeyFile(join(directory.path, 'shared.key'))
  await shared.make()
  const path = join(directory.path, 'master.key')
  await symlink(shared.path, path)
  const both = hex(await new MasterKeyFile(path).add())
  assert.equal(both.length, 2)
  assert.deepEqual(hex(await shared.read()), both)
})

test('refuses a file that holds no key, without touching or showing it', async () => {
  await using directory = await scratchDirectory()
  const file = join(directory.path, 'master.key')
  const good = `${'A'.repeat(43)}=`
  for (const text of ['', 'c2hvcnQ=\n', 'x'.repeat(44), `${good}${good}`, `${good}\n\n`, `${good}\nx`]) {
    await writeFile(file, text)
    await assert.rejects(new MasterKeyFile(file).read(), {
      code: 'master_key.bad_form',
      message: /openssl rand -base64 32/,
    })
    assert.equal(await readFile(file, 'utf8'), text)
  }
})

test('says why the file cannot be used', async () => {
  await using directory = await scratchDirectory()
  const absent = new MasterKeyFile(join(directory.path, 'absent', 'master.key'))
  const expected = { code: 'master_key.unusable', message: /master\.key cannot be used/ }
  await assert.rejects(absent.make(), expected)
  await assert.rejects(absent.read(), { code: 'master_key.missing', message: /PORTREEVE_MASTER_KEY_FILE/ })
  await assert.rejects(new MasterKeyFile(directory.path).read(), { code: 'master_key.unusable' })
})
