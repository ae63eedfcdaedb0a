import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type Access, parseAuthz, type ResolvedPath, resolveSections } from '@portreeve/svn-authz'
import { askSubversionOnce } from '../../../../../tools/svn-oracle/ask-subversion.ts'
import { validateWithSvnauthz } from '../../../../../tools/svn-oracle/ask-svnauthz.ts'
import type { PermissionType, Statement } from '../rules/index.ts'
import { generateAuthz } from './generate-authz.ts'

const ORIGINAL = readFileSync(new URL('../../../../../fixtures/foundation.authz', import.meta.url), 'utf8')
const PERMISSION: Record<Access, PermissionType> = { no: 'NONE', r: 'READ', rw: 'READ_WRITE' }
/** The two repositories the file names, and one that has only its general sections. */
const REPOSITORIES = ['infra', 'private', 'public']
const EVERY_NTH_USER = 60

function statementsOf({ path, everyone, authenticated, users }: ResolvedPath): Statement[] {
  const wide = (audience: 'everyone' | 'authenticated', access: Access | undefined): Statement[] =>
    access === undefined ? [] : [{ path, permissionType: PERMISSION[access], audience, members: [] }]
  const members = Map.groupBy(users.keys(), (user) => users.get(user) ?? 'no')
  return [
    ...wide('everyone', everyone),
    ...wide('authenticated', authenticated),
    ...Array.from(members, ([access, names]): Statement => {
      return { path, permissionType: PERMISSION[access], audience: 'members', members: names }
    }),
  ]
}

for (const repository of REPOSITORIES) {
  test(`a real file's rules, resolved and generated anew for "${repository}", give the original's answers`, async (t) => {
    const resolved = resolveSections(parseAuthz(ORIGINAL), repository)
    const start = performance.now()
    const file = generateAuthz({ statements: resolved.flatMap(statementsOf), disabled: [] })
    const elapsedMs = performance.now() - start
    const named = [...new Set(resolved.flatMap(({ users }) => [...users.keys()]))].sort()
    const users = [...named.filter((_, i) => i % EVERY_NTH_USER === 0), 'stranger', undefined]
    const paths = ['/', ...resolved.map(({ path }) => path)].flatMap((path) => [path, `${path === '/' ? '' : path}/x`])
    assert.deepEqual(
      askSubversionOnce({ file, repository, users, paths }),
      askSubversionOnce({ file: ORIGINAL, repository, users, paths }),
    )
    assert.deepEqual(await validateWithSvnauthz([file]), [true])
    t.diagnostic(`original: ${shapeOf(ORIGINAL)}; ours: ${shapeOf(file)}, generated in ${elapsedMs.toFixed(1)} ms`)
  })
}

function shapeOf(file: string): string {
  const { sections, groups } = parseAuthz(file)
  return `${file.length} bytes, ${sections.length} sections, ${groups.size} groups`
}
