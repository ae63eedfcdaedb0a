import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PermissionType, RepositoryRights, Statement } from '../statement.ts'
import { effectiveRight } from './effective-right.ts'

type Line = readonly [
  path: string,
  permissionType: PermissionType,
  who: 'everyone' | 'authenticated' | readonly string[],
]

function rights(lines: readonly Line[], disabled: readonly string[] = []): RepositoryRights {
  const statements = lines.map(
    ([path, permissionType, who]): Statement =>
      typeof who === 'string'
        ? { path, permissionType, audience: who, members: [] }
        : { path, permissionType, audience: 'members', members: who },
  )
  return { statements, disabled }
}

test('no rule means no access', () => {
  assert.equal(effectiveRight(rights([]), '/', 'ann'), 'NONE')
  assert.equal(effectiveRight(rights([['/a', 'READ', 'everyone']]), '/ab', undefined), 'NONE')
})

test('the nearest path that speaks of the user decides, skipping those that do not', () => {
  const some = rights([
    ['/', 'READ', ['ann']],
    ['/a', 'READ_WRITE', ['bob']],
    ['/a/b', 'NONE', ['ann']],
  ])
  assert.equal(effectiveRight(some, '/a', 'ann'), 'READ')
  assert.equal(effectiveRight(some, '/a/c', 'bob'), 'READ_WRITE')
  assert.equal(effectiveRight(some, '/a/b/c', 'ann'), 'NONE')
  assert.equal(effectiveRight(some, '/', 'bob'), 'NONE')
})

test('the narrowest audience that speaks at a path decides', () => {
  const some = rights([
    ['/', 'NONE', 'everyone'],
    ['/', 'READ', 'authenticated'],
    ['/', 'READ_WRITE', ['ann']],
  ])
  assert.equal(effectiveRight(some, '/x', 'ann'), 'READ_WRITE')
  assert.equal(effectiveRight(some, '/x', 'bob'), 'READ')
  assert.equal(effectiveRight(some, '/x', undefined), 'NONE')
})

test('within an audience NONE beats READ_WRITE, which beats READ', () => {
  const some = rights([
    ['/', 'READ', ['ann', 'bob']],
    ['/', 'READ_WRITE', ['bob', 'ann']],
    ['/', 'NONE', ['bob']],
    ['/', 'READ', 'everyone'],
    ['/', 'READ_WRITE', 'everyone'],
  ])
  assert.equal(effectiveRight(some, '/', 'ann'), 'READ_WRITE')
  assert.equal(effectiveRight(some, '/', 'bob'), 'NONE')
  assert.equal(effectiveRight(some, '/', undefined), 'READ_WRITE')
})

test('a wide audience at a nearer path beats a narrow one further up', () => {
  const some = rights([
    ['/', 'READ_WRITE', ['ann']],
    ['/a', 'READ', 'everyone'],
  ])
  assert.equal(effectiveRight(some, '/a', 'ann'), 'READ')
})

test('a disabled user has nothing, not even what everyone has', () => {
  const some = rights(
    [
      ['/', 'READ', 'everyone'],
      ['/', 'READ_WRITE', ['ann']],
    ],
    ['ann'],
  )
  assert.equal(effectiveRight(some, '/', 'ann'), 'NONE')
})
