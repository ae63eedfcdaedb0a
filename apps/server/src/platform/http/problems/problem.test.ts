import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError } from '../../../kernel/errors.ts'
import { challenge, toProblem } from './problem.ts'

test('says nothing about the unforeseen', () => {
  const problem = toProblem(new TypeError('secret detail'))
  assert.equal(problem.status, 500)
  assert.equal(problem.code, 'internal')
  assert.doesNotMatch(problem.message, /secret/)
})

test('tells when to try again: when the error knows, and always when the service is unavailable', () => {
  const limited = new AppError('a.b', 'limited', 'Later.', { retryAfterS: 12.2 })
  assert.deepEqual(toProblem(limited).headers, { 'retry-after': '13' })
  assert.deepEqual(toProblem(new AppError('a.b', 'limited', 'Later.')).headers, {})
  assert.deepEqual(toProblem(new AppError('a.b', 'unavailable', 'Later.')).headers, { 'retry-after': '5' })
})

const page: readonly [string, Record<string, string>][] = [
  ['a session', { cookie: 'session=x' }],
  ['XMLHttpRequest', { 'x-requested-with': 'XMLHttpRequest' }],
  ['fetch', { 'sec-fetch-mode': 'cors' }],
]

for (const [what, headers] of page) {
  test(`sends no Basic challenge to a browser that comes with ${what}`, () => {
    assert.equal(challenge(headers), 'Bearer realm="portreeve"')
  })
}

test('offers Basic to scripts and to a browser’s address bar', () => {
  assert.match(challenge({}), /Basic realm="portreeve"/)
  assert.match(challenge({ 'sec-fetch-mode': 'navigate' }), /Basic/)
})
