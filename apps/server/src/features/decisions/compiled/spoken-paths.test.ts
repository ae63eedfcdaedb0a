import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Saying, SpokenPath } from './spoken-path.ts'
import { SpokenPaths } from './spoken-paths.ts'

/** Two whose hashes are equal. */
const TWINS = ['/p620098', '/p808216'] as const
const PATHS = ['/', '/a', '/a/b', '/a/b/c', '/a-b', '/ab', '/é/b', ...TWINS, `${TWINS[0]}/x`]
const ASKED = [...PATHS, '/a/b/c/d/e', '/a/', '/x', `${TWINS[1]}/x`]

function nearestPlainly(spoken: ReadonlySet<string>, path: string): string | undefined {
  const above = [...spoken].filter((each) => each === '/' || path === each || path.startsWith(`${each}/`))
  return above.toSorted((a, b) => b.length - a.length)[0]
}

test('finds the nearest path at or above any other, and the next above it, as paths come and go', () => {
  const comings = fc.array(fc.constantFrom(...PATHS), { maxLength: 20 })
  fc.assert(
    fc.property(comings, (toggled) => {
      const paths = new SpokenPaths<Saying>()
      const plain = new Set<string>()
      for (const path of toggled) {
        const known = paths.get(path)
        assert.equal(known?.path, plain.has(path) ? path : undefined)
        if (known) paths.delete(known)
        else paths.add(new SpokenPath(path, []))
        if (!plain.delete(path)) plain.add(path)
        assert.equal(paths.size, plain.size)
        for (const asked of ASKED) assertNearest(paths, plain, asked)
      }
    }),
  )
})

function assertNearest(paths: SpokenPaths<Saying>, plain: ReadonlySet<string>, asked: string): void {
  const left = new Set(plain)
  for (let found = paths.nearest(asked); found; found = paths.above(found)) {
    assert.equal(found.path, nearestPlainly(left, asked))
    left.delete(found.path)
  }
  assert.equal(nearestPlainly(left, asked), undefined)
}
