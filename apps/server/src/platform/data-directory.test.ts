import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDataDirectory } from './data-directory.ts'

const scratch = () => mkdtempDisposable(join(tmpdir(), 'portreeve-test-lock-'))

test('refuses a directory that is taken, and says by whom', async () => {
  await using directory = await scratch()
  await using taken = await openDataDirectory(directory.path)
  await assert.rejects(openDataDirectory(taken.path), {
    code: 'data_directory.in_use',
    message: new RegExp(`process ${process.pid}.*${taken.path}`),
  })
})

test('gives the directory back when disposed', async () => {
  await using directory = await scratch()
  await (await openDataDirectory(directory.path))[Symbol.asyncDispose]()
  await (await openDataDirectory(directory.path))[Symbol.asyncDispose]()
})

test('takes the directory of a process that was killed', async () => {
  await using directory = await scratch()
  const program = `
    import { openDataDirectory } from ${JSON.stringify(import.meta.resolve('./data-directory.ts'))}
    await openDataDirectory(${JSON.stringify(directory.path)})
    console.log('taken')
    setInterval(() => {}, 1000)`
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(holder.stdout, 'data')
  await assert.rejects(openDataDirectory(directory.path), { code: 'data_directory.in_use' })
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  await using taken = await openDataDirectory(directory.path)
  assert.equal(taken.path, directory.path)
})

test('says why a directory cannot be made', async () => {
  await using directory = await scratch()
  const file = join(directory.path, 'file')
  await writeFile(file, '')
  await assert.rejects(openDataDirectory(join(file, 'below')), { code: 'data_directory.unusable', message: /ENOTDIR/ })
})
