import assert from 'node:assert/strict'
import { mkdir, mkdtempDisposable, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openAuthzDirectory } from './authz-directory.ts'

const emptyDirectory = () => mkdtempDisposable(join(tmpdir(), 'portreeve-authz-'))

test('replaces files whole and leaves nothing beside them', async () => {
  await using temporary = await emptyDirectory()
  const directory = await openAuthzDirectory(temporary.path)
  const names = Array.from({ length: 50 }, (_, i) => `repository-${i}`)
  for (const text of ['old', 'new']) await directory.write(new Map(names.map((name) => [name, `${text} ${name}`])))
  for (const name of names) assert.equal(await directory.read(name), `new ${name}`)
  assert.equal((await readdir(temporary.path)).length, names.length)
  assert.equal(await directory.read('unknown'), undefined)
})

test('when a file cannot be replaced, says so after all others are written, and leaves nothing half done', async () => {
  await using temporary = await emptyDirectory()
  const directory = await openAuthzDirectory(temporary.path)
  await mkdir(join(temporary.path, 'blocked.authz'))
  const names = Array.from({ length: 50 }, (_, i) => `repository-${i}`)
  const files = new Map([...names, 'blocked'].map((name) => [name, name]))
  await assert.rejects(directory.write(files), { code: 'EISDIR' })
  const expected = [...names, 'blocked'].map((name) => `${name}.authz`)
  assert.deepEqual((await readdir(temporary.path)).toSorted(), expected.toSorted())
})

test('clears away what a crash left half written, and nothing else', async () => {
  await using temporary = await emptyDirectory()
  for (const name of ['.tools.authz.0123456789ab', 'tools.authz', 'notes.txt']) {
    await writeFile(join(temporary.path, name), '')
  }
  await openAuthzDirectory(temporary.path)
  assert.deepEqual((await readdir(temporary.path)).toSorted(), ['notes.txt', 'tools.authz'])
})
