import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PortreeveError } from '@portreeve/client'
import { problemsOf } from './error-text.ts'

const refusal = (message: string, code = 'request.invalid', status = 400) =>
  new PortreeveError({ status, code, message, requestId: undefined })

test('each part of a refusal stands beside the field it begins with, and the rest by itself', () => {
  const error = refusal('username: it is taken.; email must be an email address; Try another time.')
  assert.deepEqual(problemsOf(error, ['username', 'email']), {
    byField: { username: 'It is taken.', email: 'Must be an email address' },
    rest: 'Try another time.',
  })
})

test('a semicolon within what is said of a field ends nothing', () => {
  const error = refusal('schedule: send five fields (hours of the day; UTC), or null; leave it out for none.')
  assert.deepEqual(problemsOf(error, ['schedule']), {
    byField: { schedule: 'Send five fields (hours of the day; UTC), or null; leave it out for none.' },
    rest: undefined,
  })
})

test('a part about one entry of a field says which', () => {
  const { byField } = problemsOf(refusal('redirect_uris[1]: has a fragment'), ['redirect_uris'])
  assert.deepEqual(byField, { redirect_uris: 'Number 2: has a fragment' })
})

test('what ER/Studio Team Server says of a field stands beside it, and of a status in words that help', () => {
  const { byField } = problemsOf(refusal('username field is required; password field is required'), [
    'username',
    'password',
  ])
  assert.deepEqual(byField, { username: 'Field is required', password: 'Field is required' })
  const taken = problemsOf(refusal('There is a Data Source with the same name'), ['name'])
  assert.deepEqual(taken.byField, { name: 'There is a Data Source with the same name' })
  assert.match(
    problemsOf(refusal('Forbidden', 'http.403', 403), ['name']).rest ?? '',
    /its stewards and your admins may/,
  )
})

test('a field that the form does not have is told with the rest', () => {
  assert.deepEqual(problemsOf(refusal('sort must be a word'), ['name']), { byField: {}, rest: 'sort must be a word' })
})

test('a code that is about a field stands beside it, whatever its message', () => {
  const error = refusal('There is one already.', 'organisation.name_taken', 409)
  const { byField, rest } = problemsOf(error, ['name'], { 'organisation.name_taken': 'name' })
  assert.deepEqual([byField, rest], [{ name: 'There is one already.' }, undefined])
})

test('no failure is no problem', () => {
  assert.deepEqual(problemsOf(null, ['name']), { byField: {}, rest: undefined })
})
