import assert from 'node:assert/strict'
import { mkdir, mkdtempDisposable, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { DataFolder } from './data-folder.ts'

const CONNECTOR = { url: 'http://gate.example', id: 7, secret: 'ptc_secret' }
const NOT_OURS = { name: 'ClientError', message: /is not a folder of this client/ }

async function scratch() {
  const directory = await mkdtempDisposable(join(tmpdir(), 'portreeve-client-'))
  return { at: (name: string) => join(directory.path, name), [Symbol.asyncDispose]: () => directory.remove() }
}

test('keeps the connector, for its own account alone', async () => {
  await using directory = await scratch()
  const folder = await DataFolder.claim(directory.at('new/folder'))
  await assert.rejects(folder.getConnector(), /no connector here/)
  await folder.saveConnector(CONNECTOR)
  assert.deepEqual(await (await DataFolder.open(folder.path)).getConnector(), CONNECTOR)
  assert.equal((await stat(join(folder.path, 'connector.json'))).mode & 0o777, 0o600)
  assert.equal((await stat(folder.path)).mode & 0o777, 0o700)
})

test('keeps notes, teams, and what the server said last', async () => {
  await using directory = await scratch()
  const folder = await DataFolder.claim(directory.at('folder'))
  await folder.saveConnector(CONNECTOR)
  assert.deepEqual(await folder.readPersonalData(), { notes: [], teams: [] })
  await folder.addNote('one')
  await folder.saveTeams(['old'])
  await folder.saveTeams(['a', 'b'])
  await folder.saveSituation('locked')
  assert.deepEqual(await folder.readPersonalData(), { notes: ['one'], teams: ['a', 'b'] })
  assert.equal(await folder.findSituation(), 'locked')
})

test('takes no folder that somebody else has anything in', async () => {
  await using directory = await scratch()
  const path = directory.at('other')
  await mkdir(path)
  await writeFile(join(path, 'thesis.txt'), 'all of it')
  await assert.rejects(DataFolder.claim(path), NOT_OURS)
  await assert.rejects(DataFolder.open(path), NOT_OURS)
  await writeFile(join(path, 'portreeve-sample-client'), 'of the same name only')
  await assert.rejects(DataFolder.open(path), NOT_OURS)
  await assert.rejects(DataFolder.open(directory.at('missing')), /no connector here/)
})

test('takes no symbolic link for its folder, wherever it leads', async () => {
  await using directory = await scratch()
  const folder = await DataFolder.claim(directory.at('folder'))
  await symlink(folder.path, directory.at('link'))
  await assert.rejects(DataFolder.open(directory.at('link')), NOT_OURS)
  await mkdir(directory.at('empty'))
  await symlink(directory.at('empty'), directory.at('to-empty'))
  await assert.rejects(DataFolder.claim(directory.at('to-empty')), NOT_OURS)
})

test('erases everything in its folder and nothing that a link in it leads to', async () => {
  await using directory = await scratch()
  await mkdir(directory.at('elsewhere'))
  await writeFile(directory.at('elsewhere/kept'), 'kept')
  const folder = await DataFolder.claim(directory.at('folder'))
  await folder.saveConnector(CONNECTOR)
  await folder.addNote('one')
  await symlink(directory.at('elsewhere'), join(folder.path, 'private', 'link'))
  await writeFile(join(folder.path, 'connector.json.x.part'), 'left by a crash')

  await folder.beginErasing()
  await folder.erasePersonalData()
  assert.deepEqual((await readdir(folder.path)).sort(), ['connector.json', 'portreeve-sample-client.erasing'])
  await assert.rejects(folder.addNote('late'), { code: 'ENOENT' })
  await folder.eraseConnector()
  assert.deepEqual(await readdir(folder.path), [])
  assert.equal(await readFile(directory.at('elsewhere/kept'), 'utf8'), 'kept')
})

test('erases nothing in a folder that has lost its mark', async () => {
  await using directory = await scratch()
  const folder = await DataFolder.claim(directory.at('folder'))
  await folder.saveConnector(CONNECTOR)
  await folder.addNote('one')
  await writeFile(join(folder.path, 'portreeve-sample-client'), 'something else')
  await assert.rejects(folder.beginErasing(), NOT_OURS)
  await assert.rejects(folder.erasePersonalData(), NOT_OURS)
  assert.deepEqual((await folder.readPersonalData()).notes, ['one'])
})
