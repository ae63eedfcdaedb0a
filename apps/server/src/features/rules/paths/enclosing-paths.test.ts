import assert from 'node:assert/strict'
import { test } from 'node:test'
import { enclosingPaths } from './enclosing-paths.ts'

test('a path is enclosed by itself and all above it, the nearest first', () => {
  assert.deepEqual(enclosingPaths('/trunk/src/a b'), ['/trunk/src/a b', '/trunk/src', '/trunk', '/'])
  assert.deepEqual(enclosingPaths('/'), ['/'])
})
