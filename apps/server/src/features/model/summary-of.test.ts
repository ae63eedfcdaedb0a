import assert from 'node:assert/strict'
import { test } from 'node:test'
import { summaryOf } from './summary-of.ts'

function summary(type: string, details?: Readonly<Record<string, unknown>>): string {
  return summaryOf({ type, object: { type: '', id: '', ...(details && { details }) } })
}

test('says in a few words what was changed, and of what', () => {
  assert.equal(
    summary('rule.add-permissions', { ruleName: 'readers', permissions: [] }),
    'rule readers: add permissions',
  )
  assert.equal(summary('team.change', { before: { name: 'old' }, after: { name: 'new' } }), 'team new: change')
  const member = { username: 'ann', enabled: true, team: 'client' }
  assert.equal(summary('team.create-member', member), 'team client: create member')
  assert.equal(summary('leader.appoint', { team: 'client', username: 'ann' }), 'leader ann: appoint')
  assert.equal(summary('model.revert', { to: 3 }), 'model: revert')
  assert.equal(summary('model.revert'), 'model: revert')
})
