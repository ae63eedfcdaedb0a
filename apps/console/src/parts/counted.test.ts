import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counted, countedEntries } from './counted.ts'

test('one is singular, none and many are plural', () => {
  assert.deepEqual(
    [0, 1, 2345].map((count) => counted(count, 'team takes', 'teams take')),
    ['0 teams take', '1 team takes', '2,345 teams take'],
  )
})

for (const [label, one] of [
  ['users', '1 user'],
  ['LDAP authorities', '1 LDAP authority'],
  ['changes of access', '1 change of access'],
  ['people', '1 person'],
] as const) {
  test(`one of the ${label} is "${one}"`, () => {
    assert.equal(countedEntries(1, label), one)
    assert.equal(countedEntries(2, label), `2 ${label}`)
  })
}
