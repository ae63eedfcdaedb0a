import assert from 'node:assert/strict'
import { mkdtempDisposable, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { PortreeveError } from '@portreeve/client'
import { DataFolder } from './data-folder.ts'
import { type ErasableFolder, wipe } from './wipe.ts'

const SECRET = 'ptc_secret'
const STEPS = ['beginErasing', 'erasePersonalData', 'eraseConnector'] as const

async function filledFolder() {
  const directory = await mkdtempDisposable(join(tmpdir(), 'portreeve-wipe-'))
  const folder = await DataFolder.claim(join(directory.path, 'folder'))
  await folder.saveConnector({ url: 'http://gate.example', id: 7, secret: SECRET })
  await folder.addNote('one')
  return { folder, [Symbol.asyncDispose]: () => directory.remove() }
}

class Cut extends Error {}

/** The same folder, of which one step is not taken: the process ends there. */
function cutShort(folder: DataFolder, at: (typeof STEPS)[number]): ErasableFolder {
  const step = (name: (typeof STEPS)[number]) => async () => {
    if (name === at) throw new Cut()
    await folder[name]()
  }
  return {
    beginErasing: step('beginErasing'),
    erasePersonalData: step('erasePersonalData'),
    eraseConnector: step('eraseConnector'),
  }
}

test('a wipe that was cut short anywhere is finished when it is done again', async () => {
  for (const at of STEPS) {
    await using filled = await filledFolder()
    await assert.rejects(
      wipe(cutShort(filled.folder, at), async () => undefined),
      Cut,
    )
    const reopened = await DataFolder.open(filled.folder.path)
    assert.equal(await reopened.isErasing(), at !== 'beginErasing')
    assert.equal((await reopened.getConnector()).secret, SECRET)
    await wipe(reopened, async () => undefined)
    assert.deepEqual(await readdir(reopened.path), [])
  }
})

test('the server is told when all personal data is gone, and while the secret is still there', async () => {
  await using filled = await filledFolder()
  const { folder } = filled
  const there: string[][] = []
  await wipe(folder, async () => void there.push((await readdir(folder.path)).sort()))
  assert.deepEqual(there, [['connector.json', 'portreeve-sample-client.erasing']])
})

test('a wipe that nobody was told of is not over', async () => {
  await using filled = await filledFolder()
  const refused = new PortreeveError({ status: 403, code: 'x.y', message: 'No.', requestId: undefined })
  await assert.rejects(
    wipe(filled.folder, () => Promise.reject(refused)),
    { code: 'x.y' },
  )
  assert.equal((await filled.folder.getConnector()).secret, SECRET)
})

test('a wipe is over when there is no connector any more that could be told of', async () => {
  await using filled = await filledFolder()
  const gone = new PortreeveError({ status: 401, code: 'connector.not_known', message: 'No.', requestId: undefined })
  await wipe(filled.folder, () => Promise.reject(gone))
  assert.deepEqual(await readdir(filled.folder.path), [])
})
