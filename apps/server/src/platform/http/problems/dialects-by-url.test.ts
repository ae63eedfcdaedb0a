import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dialect, Route } from '../route.ts'
import { dialectsByUrl } from './dialects-by-url.ts'

const route = (url: string, dialect: Dialect): Route => ({
  url,
  dialect,
  method: 'GET',
  name: url,
  summary: 'Sample',
  access: 'public',
  permission: 'anyone',
  formats: 'json',
  answers: {},
  handle: async () => ({ status: 204 }),
})

const dialectOf = dialectsByUrl([
  route('/v1/groups/{id}', 'data-sources'),
  route('/v1/admin/login/', 'admin'),
  route('/v1/admin/organisations/{id}', 'admin'),
  route('/api/v1/groups', 'data-sources'),
  route('/api/teams', 'teams'),
  route('/api/users/{id}', 'teams'),
])

const cases: ReadonlyArray<readonly [string, Dialect]> = [
  ['/v1/groups/1/nothing', 'data-sources'],
  ['/v1/groups?q=/v1/admin', 'data-sources'],
  ['/v1/admin/nothing', 'admin'],
  ['/v1/nothing', 'admin'],
  ['/api/v1/nothing', 'data-sources'],
  ['/api/nothing', 'teams'],
  ['/api/teams/%zz', 'teams'],
  ['/nothing', 'admin'],
  ['/', 'admin'],
]

for (const [url, dialect] of cases) {
  test(`words failures at ${url} as ${dialect} does`, () => assert.equal(dialectOf(url), dialect))
}
