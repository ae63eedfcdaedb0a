import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planGone, planWanted } from './plan-sync.ts'

const entry = (name: string) => ({ repositoryId: `id of ${name}`, name, sha256: `sum of ${name}` })

test('refuses names that would be other than a plain file in the directory', () => {
  const bad = ['', '.', '..', '../etc/cron.d/x', '/etc/passwd', 'a/b', 'a\\b', 'a\0b', 'a\nb', 'ü'.repeat(125)]
  const { files, refused } = planWanted([...bad, 'tools', 'Grüße 2.0', 'a..b', '.hidden'].map(entry), undefined)
  assert.deepEqual(refused, bad)
  assert.deepEqual(
    files.map(({ fileName }) => fileName),
    ['tools.authz', 'Grüße 2.0.authz', 'a..b.authz', '.hidden.authz'],
  )
})

test('wants the repositories of this host alone, and calls gone what was put here and is not wanted', () => {
  const { files } = planWanted(['tools', 'docs', 'site'].map(entry), new Set(['docs', 'other']))
  assert.deepEqual(
    files.map(({ fileName }) => fileName),
    ['docs.authz'],
  )
  assert.deepEqual(planGone(['tools.authz', 'docs.authz', 'old.authz'], files), ['old.authz', 'tools.authz'])
})
