import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PermissionType, RepositoryRights, Statement } from '../statement.ts'
import { effectiveRight } from './effective-right.ts'
import { findNewlyUnreachable, findUnreachable, type UnreachablePath } from './find-unreachable.ts'

const NAMES = ['ann', 'bob', 'carl', 'dora']
const PATHS = ['/', '/a', '/a/b', '/a/b/c/d', '/a-b', '/b', '/b/c']

const statement: fc.Arbitrary<Statement> = fc.record({
  path: fc.constantFrom(...PATHS),
  permissionType: fc.constantFrom<PermissionType>('READ_WRITE', 'READ', 'READ', 'NONE'),
  audience: fc.constantFrom<Statement['audience']>('members', 'members', 'members', 'authenticated', 'everyone'),
  members: fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 3 }),
})
const rights: fc.Arbitrary<RepositoryRights> = fc.record({
  statements: fc.array(statement, { maxLength: 8 }),
  disabled: fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 1 }),
})

function directoriesAbove(path: string): string[] {
  const parts = path.split('/').slice(1, -1)
  return path === '/' ? [] : ['/', ...parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`)]
}

/** Where browsing ends for the user, at every path where a statement about them lets them read. */
function blocksOf(of: RepositoryRights, user: string | undefined): string[] {
  const hears = ({ audience, members }: Statement) =>
    audience === 'everyone' || (user !== undefined && (audience === 'authenticated' || members.includes(user)))
  const spoken = new Set(of.statements.filter(hears).map(({ path }) => path))
  return [...spoken].flatMap((path) => {
    const blockedAt = directoriesAbove(path).find((directory) => effectiveRight(of, directory, user) === 'NONE')
    const isGranted = effectiveRight(of, path, user) !== 'NONE'
    return isGranted && blockedAt !== undefined ? [`${path} blocked at ${blockedAt}`] : []
  })
}

function reported(found: readonly UnreachablePath[], of: RepositoryRights, user: string | undefined): string[] {
  const lists = [...of.statements.filter(({ audience }) => audience === 'members').map((each) => each.members)]
  const isNamed = user !== undefined && [...lists, of.disabled].some((list) => list.includes(user))
  const concerns = ({ audience, usernames }: UnreachablePath) => {
    if (user === undefined) return audience === 'everyone'
    return isNamed ? usernames.includes(user) : audience === 'authenticated'
  }
  return found.filter(concerns).map(({ path, blockedAt }) => `${path} blocked at ${blockedAt}`)
}

test('finds what every user is let into and cannot browse to, as trying all directories above does', () => {
  fc.assert(
    fc.property(rights, (some) => {
      const found = findUnreachable(some)
      for (const user of [...NAMES, 'stranger', undefined]) {
        assert.deepEqual(reported(found, some, user).sort(), blocksOf(some, user).sort(), `for ${user}`)
      }
    }),
    { numRuns: 1000 },
  )
})

test('tells of a change only what was not so before', () => {
  fc.assert(
    fc.property(rights, rights, (before, added) => {
      const after = { ...before, statements: [...before.statements, ...added.statements] }
      const pathsOf = (blocks: readonly string[]) => blocks.map((block) => block.split(' ')[0] ?? '')
      const found = findNewlyUnreachable(before, after)
      for (const user of [...NAMES, 'stranger', undefined]) {
        const known = new Set(pathsOf(blocksOf(before, user)))
        const expected = pathsOf(blocksOf(after, user)).filter((path) => !known.has(path))
        assert.deepEqual(pathsOf(reported(found, after, user)).sort(), expected.sort(), `for ${user}`)
      }
    }),
    { numRuns: 500 },
  )
})

test('looks at 10,000 paths, each of which speaks of a few of 10,000 users', (t) => {
  const statements = Array.from({ length: 10_000 }, (_, i): Statement => {
    const members = [0, 1, 2, 3].map((k) => `user${(i * (2 * k + 7) + k * 31) % 10_000}`)
    return {
      path: `/p${i % 100}/q${i}`,
      permissionType: i % 3 === 0 ? 'READ' : 'READ_WRITE',
      audience: 'members',
      members,
    }
  })
  const start = performance.now()
  const found = findUnreachable({ statements, disabled: [] })
  t.diagnostic(`${(performance.now() - start).toFixed(1)} ms`)
  assert.equal(found.length, statements.length)
  assert.ok(found.every(({ blockedAt }) => blockedAt === '/'))
})

test('names the topmost directory that is closed, once for all users it is closed to', () => {
  const say = (path: string, permissionType: PermissionType, members: readonly string[]): Statement => {
    return { path, permissionType, audience: 'members', members }
  }
  const statements = [
    say('/', 'READ', ['carl', 'dora']),
    say('/x', 'NONE', ['carl']),
    say('/x/y/z', 'READ', ['bob', 'ann', 'carl', 'dora']),
  ]
  assert.deepEqual(findUnreachable({ statements, disabled: [] }), [
    { path: '/x/y/z', blockedAt: '/', audience: 'user', usernames: ['ann', 'bob'] },
    { path: '/x/y/z', blockedAt: '/x', audience: 'user', usernames: ['carl'] },
  ])
})
