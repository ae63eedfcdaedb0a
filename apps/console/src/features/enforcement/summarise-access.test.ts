import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccessChange } from '@portreeve/client'
import { directionOf, rightsText } from './access-direction.ts'
import { summariseAccess, summaryText } from './summarise-access.ts'

function change(over: Partial<AccessChange>): AccessChange {
  const usernames = over.usernames ?? []
  return {
    repositoryName: 'calc',
    path: '/',
    audience: 'user',
    before: 'NONE',
    after: 'READ',
    users: usernames.length,
    ...over,
    usernames,
  }
}

test('each person is counted once, however many paths they gain or lose', () => {
  const changes = [
    change({ usernames: ['ann', 'bob'] }),
    change({ path: '/a', usernames: ['ann'] }),
    change({ path: '/b', before: 'READ_WRITE', after: 'READ', usernames: ['cyd'] }),
  ]
  const summary = summariseAccess(changes, 3)
  assert.deepEqual([summary.gaining, summary.losing, summary.isComplete], [2, 1, true])
  assert.equal(summaryText(summary), 'Access is lost, or a part of it, by 1 person; some is gained by 2 people.')
})

test('where the server does not tell everything, the numbers are said to be the least', () => {
  const many = change({ before: 'READ', after: 'NONE', usernames: ['ann'], users: 500 })
  assert.match(summaryText(summariseAccess([many], 1)), /lost, or a part of it, by at least 500 people;/)
  assert.equal(summariseAccess([change({ usernames: ['ann'] })], 2).isComplete, false)
})

test('a place where the change of a path above ends counts for nobody', () => {
  const end = change({ before: 'READ', after: 'READ', usernames: ['ann'] })
  assert.equal(directionOf(end), 'stops')
  assert.equal(rightsText(end), 'still read')
  assert.equal(summaryText(summariseAccess([end], 1)), 'Nobody gains or loses access.')
})

test('a whole audience that loses is told beside the people by name', () => {
  const everyone = change({ audience: 'everyone', before: 'READ', after: 'NONE' })
  assert.match(summaryText(summariseAccess([everyone], 1)), /by 0 people and a whole audience;/)
})
