import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coveringPath, topmostPaths } from './resource-paths.ts'

function team(...paths: readonly string[]) {
  return {
    name: 't',
    description: '',
    members: [],
    rules: [],
    resources: paths.map((path) => ({ repository: 'r', path })),
  }
}

test('the root team hands out what its subteams need, each path once', () => {
  assert.deepEqual(topmostPaths([team('/b', '/a/x'), team('/a', '/ab'), team('/b/c')]), ['/a', '/ab', '/b'])
  assert.deepEqual(topmostPaths([team('/a'), team('/')]), ['/'])
  assert.deepEqual(topmostPaths([team()]), [])
})

test('a permission belongs to the resource at or above it', () => {
  const paths = new Set(['/a', '/ab', '/'])
  assert.equal(coveringPath(paths, '/a/b/c'), '/a')
  assert.equal(coveringPath(paths, '/ab'), '/ab')
  assert.equal(coveringPath(paths, '/abc'), '/')
  assert.throws(() => coveringPath(new Set(['/a']), '/b'), /hand out/)
})
