import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeOutcome } from './describe-outcome.ts'

const intact = { outcome: 'intact', checked: 3, head: { seq: 3, hash: 'ab' }, anchors: 2, break: null } as const

test('tells how much is intact, and what that was compared with', () => {
  assert.equal(describeOutcome(intact), 'The audit is intact: 3 records up to ab; compared with 2 anchors.\n')
  assert.match(describeOutcome({ ...intact, anchors: 0 }), /no anchors, so its end may be missing/)
  assert.match(describeOutcome({ ...intact, checked: 0, head: null }), /no records yet/)
})

test('tells what is broken first, and up to where it is not', () => {
  const found = { kind: 'record_missing', seq: 3, recordId: 9, message: 'Record 9 is gone.' } as const
  assert.equal(
    describeOutcome({ ...intact, outcome: 'broken', checked: 2, break: found }),
    'THE AUDIT IS NOT INTACT (record_missing). Record 9 is gone.\n2 records before that are as they were.\n',
  )
})
