import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askSubversion, askSubversionOnce } from './ask-subversion.ts'
import { askSvnauthz, validateWithSvnauthz } from './ask-svnauthz.ts'

const FILE = `[groups]
team = ann, é
[/]
* = r
[r:/secret dir]
* =
@team = rw
~ann = r
`
const USERS = ['ann', 'é', 'bob', 'two words', undefined]
const PATHS = ['/', '/secret dir', '/secret dir/ü', '/other']

test('the library and svnauthz give the same answers', async () => {
  const table = askSubversionOnce({ file: FILE, repository: 'r', users: USERS, paths: PATHS })
  const questions = USERS.flatMap((user) => PATHS.map((path) => ({ file: FILE, repository: 'r', path, user })))
  assert.deepEqual(await askSvnauthz(questions), table.flat())
  assert.deepEqual(table[0], ['r', 'rw', 'rw', 'r'])
  assert.deepEqual(table[4], ['r', 'no', 'no', 'r'])
})

test('a refused file is told from one that grants nothing', async () => {
  const [refused, empty] = askSubversion(
    ['[/]\nann = w\n', ''].map((file) => ({ file, repository: 'r', users: ['ann'], paths: ['/'] })),
  )
  assert.match(refused && 'refused' in refused ? refused.refused : '', /Write-only/)
  assert.deepEqual(empty, { access: [['no']] })
  assert.deepEqual(await validateWithSvnauthz(['[/]\nann = w\n', '']), [false, true])
})
