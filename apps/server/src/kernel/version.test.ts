import assert from 'node:assert/strict'
import { test } from 'node:test'
import { requireVersion, versionOf } from './version.ts'

test('a version is told from another by each of its values and by their order, and by nothing else', () => {
  const one = versionOf(['core', null, true])
  assert.equal(versionOf(['core', null, true]), one)
  for (const other of [
    ['core', null, false],
    ['core', '', true],
    [null, 'core', true],
    ['core', 'null', true],
    ['core'],
  ]) {
    assert.notEqual(versionOf(other), one)
  }
})

test('a version can stand in an entity tag as it is', () => {
  assert.match(versionOf(['"ö, \\']), /^[\w-]{22}$/)
})

test('a change that names versions is made to one of these alone', () => {
  requireVersion({}, 'v2')
  requireVersion({ ifMatch: undefined }, 'v2')
  requireVersion({ ifMatch: '*' }, 'v2')
  requireVersion({ ifMatch: ['v1', 'v2'] }, 'v2')
  for (const ifMatch of [['v1'], ['v'], ['v22'], []]) {
    assert.throws(() => requireVersion({ ifMatch }, 'v2'), { code: 'request.changed_meanwhile', kind: 'outdated' })
  }
})
