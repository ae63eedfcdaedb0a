import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { effectiveRight, type PermissionType, type RepositoryRights, type Statement } from '../rules/index.ts'
import { type AccessChange, changesFor, compareRights, type RightsComparison } from './compare-rights.ts'

const NAMES = ['ann', 'bob', 'carl', 'dora', 'é', '😀']
const PATHS = ['/', '/a', '/a/b', '/a/b/c', '/a-b', '/b', '/b/c']
const EVERYBODY = [...NAMES, 'stranger', undefined]

const someNames = fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 4 })
const someStatement: fc.Arbitrary<Statement> = fc.record({
  path: fc.constantFrom(...PATHS),
  permissionType: fc.constantFrom<PermissionType>('READ_WRITE', 'READ', 'NONE'),
  audience: fc.constantFrom<Statement['audience']>('members', 'members', 'members', 'authenticated', 'everyone'),
  members: someNames,
})
const statements = fc.array(someStatement, { maxLength: 8 })
const disabled = fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 1 })
const someRights: fc.Arbitrary<RepositoryRights> = fc.record({ statements, disabled })
/** Two states that have much in common, as two revisions do. */
const pair = fc.record({ common: statements, before: someRights, after: someRights }).map((made) => ({
  before: { ...made.before, statements: [...made.common, ...made.before.statements.slice(0, 2)] },
  after: { ...made.after, statements: [...made.common, ...made.after.statements.slice(0, 2)] },
}))

function changesOf(user: string | undefined, comparison: RightsComparison): readonly AccessChange[] {
  if (user !== undefined) return changesFor(user, comparison)
  return comparison.changes.filter(({ audience }) => audience === 'everyone')
}

/** What a reader of the report takes from it: the nearest entry at or above the path holds. */
function nearest(changes: readonly AccessChange[], path: string): AccessChange | undefined {
  const above = changes.filter((each) => each.path === '/' || path === each.path || path.startsWith(`${each.path}/`))
  return above.sort((a, b) => b.path.length - a.path.length)[0]
}

function said(entry: AccessChange | undefined): string {
  return entry && entry.before !== entry.after ? `${entry.before} to ${entry.after}` : 'nothing'
}

test('tells every user the change at every path, spoken of or below, as comparing all effective rights does', () => {
  const below = PATHS.flatMap((path) => [path, `${path === '/' ? '' : path}/below`])
  const check = ({ before, after }: { before: RepositoryRights; after: RepositoryRights }) => {
    const comparison = compareRights(before, after)
    for (const user of EVERYBODY) {
      for (const path of below) {
        const [was, is] = [effectiveRight(before, path, user), effectiveRight(after, path, user)]
        const expected = was === is ? 'nothing' : `${was} to ${is}`
        assert.equal(said(nearest(changesOf(user, comparison), path)), expected, `${user} at ${path}`)
      }
    }
  }
  fc.assert(fc.property(pair, check), { numRuns: 1000 })
})

test('says nothing that follows from an entry above, and no user meets two entries at one path', () => {
  const check = ({ before, after }: { before: RepositoryRights; after: RepositoryRights }) => {
    const comparison = compareRights(before, after)
    for (const user of EVERYBODY) {
      const changes = changesOf(user, comparison)
      for (const entry of changes) {
        const others = changes.filter((each) => each !== entry)
        assert.notEqual(said(entry), said(nearest(others, entry.path)))
        assert.ok(others.every(({ path }) => path !== entry.path))
        assert.equal(entry.before, effectiveRight(before, entry.path, user))
        assert.equal(entry.after, effectiveRight(after, entry.path, user))
      }
    }
    const { changes } = comparison
    const kinds = new Set(changes.map(({ path, before: was, after: is, audience }) => [path, was, is, audience].join()))
    assert.equal(kinds.size, changes.length)
  }
  fc.assert(fc.property(pair, check), { numRuns: 1000 })
})

test('reports a change at its path, and where it ends below', () => {
  const secret: Statement = { path: '/secret', permissionType: 'NONE', audience: 'members', members: ['ann', 'bob'] }
  const readers = (permissionType: PermissionType): Statement => {
    return { path: '/', permissionType, audience: 'members', members: ['bob', 'ann', 'carl'] }
  }
  const before = { statements: [secret, readers('READ')], disabled: [] }
  const after = { statements: [secret, readers('READ_WRITE')], disabled: [] }
  assert.deepEqual(compareRights(before, after).changes, [
    { path: '/', before: 'READ', after: 'READ_WRITE', audience: 'user', usernames: ['ann', 'bob', 'carl'] },
    { path: '/secret', before: 'NONE', after: 'NONE', audience: 'user', usernames: ['ann', 'bob'] },
  ])
})

test('compares 10,000 paths, each of which speaks of a few of 10,000 users', (t) => {
  const stated = Array.from({ length: 10_000 }, (_, i): Statement => {
    const members = [0, 1, 2, 3].map((k) => `user${(i * (2 * k + 7) + k * 31) % 10_000}`)
    return { path: `/p${i % 100}/q${i}`, permissionType: 'READ', audience: 'members', members }
  })
  const start = performance.now()
  const { changes } = compareRights({ statements: [], disabled: [] }, { statements: stated, disabled: [] })
  t.diagnostic(`${(performance.now() - start).toFixed(1)} ms`)
  const told = changes.map(({ path, after, usernames }) => [path, after, usernames.length].join())
  assert.deepEqual(told.sort(), stated.map(({ path, members }) => `${path},READ,${new Set(members).size}`).sort())
})

test('compares the rights of 10,000 users in hundreds of overlapping rules at hundreds of paths', (t) => {
  const users = Array.from({ length: 10_000 }, (_, i) => `user${i}`)
  const teams = Array.from({ length: 200 }, (_, team) => users.filter((_, i) => (i * 7 + team * 13) % 101 < 3))
  const stated = Array.from({ length: 600 }, (_, i): Statement => {
    const permissionType = (['READ_WRITE', 'READ', 'NONE'] as const)[i % 3] ?? 'READ'
    return { path: `/p${i % 20}/q${i}`, permissionType, audience: 'members', members: teams[i % 200] ?? [] }
  })
  const start = performance.now()
  const { changes } = compareRights({ statements: stated.slice(1), disabled: [] }, { statements: stated, disabled: [] })
  t.diagnostic(`${(performance.now() - start).toFixed(1)} ms`)
  assert.deepEqual(
    changes.map(({ path, after, usernames }) => [path, after, usernames.length]),
    [['/p0/q0', 'READ_WRITE', teams[0]?.length]],
  )
})
