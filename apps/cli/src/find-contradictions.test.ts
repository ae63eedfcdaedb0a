import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAuthz, planImport } from '@portreeve/svn-authz'
import type { ExistingModel, ExistingRule } from './existing-model.ts'
import { findContradictions } from './find-contradictions.ts'

const PLAN = planImport(parseAuthz('[groups]\nInfra = ann\n[/a]\n@Infra = rw\n'), ['main'])

function modelWith(rule: Partial<ExistingRule>): ExistingModel {
  const there = { id: 'r', audience: 'members' as const, members: new Set<string>(), permissions: new Map(), ...rule }
  const team = { id: 't', members: new Set<string>(), resources: new Map(), rules: new Map([['read-write', there]]) }
  return { repositories: new Map(), users: new Map(), teams: new Map([['infra', team]]) }
}

test('a rule that says nothing yet, or the same, or something of other places, is no contradiction', () => {
  const same = new Map([
    ['main:/a', 'READ_WRITE'],
    ['main:/b', 'NONE'],
  ])
  assert.deepEqual(findContradictions(PLAN, modelWith({})), [])
  assert.deepEqual(findContradictions(PLAN, modelWith({ permissions: same })), [])
})

test('another audience, or another right at the same place, is one', () => {
  assert.deepEqual(findContradictions(PLAN, modelWith({ audience: 'everyone' })), [
    'Rule "read-write" of team "Infra" has the audience everyone, and would need members.',
  ])
  assert.deepEqual(findContradictions(PLAN, modelWith({ permissions: new Map([['main:/a', 'READ']]) })), [
    'Rule "read-write" of team "Infra" says READ of main:/a, and would need READ_WRITE.',
  ])
})
