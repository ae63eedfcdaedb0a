import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { buildConsole, isStale } from './build.ts'

const BUILT = join(import.meta.dirname, 'dist')
const LARGEST_FIRST_PAGE = 300_000

test('the first page takes less than 300 KB, gzipped', async () => {
  if (await isStale()) await buildConsole()
  const page = await readFile(join(BUILT, 'index.html'), 'utf8')
  const files = [...page.matchAll(/console\/(assets\/[\w.-]+\.(?:js|css))"/g)].map(([, path = '']) => path)
  assert.ok(files.length >= 2, 'a script and a style')
  // The page that is opened first comes with a few small files of its own.
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(BUILT, `${file}.gz`))).size))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  assert.ok(total < LARGEST_FIRST_PAGE, `${total} bytes: ${files.map((file, at) => `${file} ${sizes[at]}`).join(', ')}`)
})
