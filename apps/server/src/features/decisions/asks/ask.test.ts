import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError } from '../../../kernel/errors.ts'
import { type AsksSent, readAsks } from './ask.ts'

const USER = '01890000-0000-7000-8000-000000000001'

function codeOf(sent: AsksSent): string {
  try {
    readAsks(sent)
    return 'taken'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

const PATHS: ReadonlyArray<readonly [string, string | undefined]> = [
  ['/', '/'],
  ['/trunk', '/trunk'],
  ['/trunk/', '/trunk'],
  ['/a/b c/ü', '/a/b c/ü'],
  ['/a]b', '/a]b'],
  ['/...', '/...'],
  ['/.hidden/..a', '/.hidden/..a'],
  ['', undefined],
  ['trunk', undefined],
  ['//', undefined],
  ['/a//b', undefined],
  ['/a//', undefined],
  ['/.', undefined],
  ['/a/..', undefined],
  ['/../a', undefined],
  ['/a/./b', undefined],
]

for (const [text, path] of PATHS) {
  test(`${path === undefined ? 'refuses' : 'reads'} the path "${text}"`, () => {
    const sent = { user: USER, repository: 'calc', path: text }
    if (path === undefined) assert.equal(codeOf(sent), 'access_ask.bad_path')
    else assert.equal(readAsks(sent)[0]?.target.path, path)
  })
}

const REFUSED: ReadonlyArray<readonly [string, AsksSent]> = [
  ['one_subject', { repository: 'calc' }],
  ['one_subject', { user: USER, username: 'ann', repository: 'calc' }],
  ['one_subject', { username: 'ann', token: 'ptr_x', repository: 'calc' }],
  ['one_target', { user: USER }],
  ['one_target', { user: USER, repository: 'calc', dataSource: 1 }],
  ['data_source_by_name', { user: USER, repository: 'datasource:7' }],
  ['whole_data_source', { user: USER, dataSource: 7, path: '/a' }],
  ['token_alone', { token: 'ptr_x', repository: 'calc', client: 'app' }],
  ['token_alone', { token: 'ptr_x', repository: 'calc', connector: 1 }],
  ['single_or_many', { user: USER, checks: [{ user: USER, repository: 'calc' }] }],
]

for (const [code, sent] of REFUSED) {
  test(`refuses ${JSON.stringify(sent)}`, () => assert.equal(codeOf(sent), `access_ask.${code}`))
}

test('names which of many is no good', () => {
  const good = { user: USER, repository: 'calc' }
  assert.throws(() => readAsks({ checks: [good, good, { user: USER }] }), /checks\[2\]\.repository/)
})

test('never repeats a token', () => {
  const sent = { token: 'ptr_planted', username: 'ann', client: 'app', path: 'x' }
  assert.throws(
    () => readAsks(sent),
    (error: Error) => !error.message.includes('planted'),
  )
})
