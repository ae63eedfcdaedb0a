import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askSubversion, askSubversionOnce, findDifferences } from './ask-subversion.ts'
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

test('finds where two files give different answers, and no more of it than asked for', async () => {
  const table = { file: FILE, repository: 'r', users: USERS, paths: PATHS }
  assert.deepEqual(await findDifferences(table, FILE, 9), [])
  const expected = [
    { user: 'bob', path: '/secret dir', access: ['r', 'no'] },
    { user: 'bob', path: '/secret dir/ü', access: ['r', 'no'] },
    { user: 'two words', path: '/secret dir', access: ['r', 'no'] },
  ]
  assert.deepEqual(await findDifferences(table, FILE.replace('~ann = r\n', ''), 3), expected)
  await assert.rejects(findDifferences(table, '[/]\nann = w\n', 9), /refuses a file for r: .*Write-only/)
})
