import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AUDIT_DEFAULTS,
  addressOfAudit,
  filterOf,
  problemsOfAudit,
  readBefore,
  readRecordId,
} from './audit-question.ts'

test('what is left empty narrows nothing', () => {
  assert.deepEqual(filterOf(AUDIT_DEFAULTS), {})
  assert.deepEqual(filterOf({ ...AUDIT_DEFAULTS, actor: 'ann', act: 'team.' }), { actor: 'ann', act: 'team.' })
})

test('times are those of UTC, wherever the browser is', () => {
  const { from, to } = filterOf({ ...AUDIT_DEFAULTS, from: '2026-01-31T08:00', to: '2026-01-31T08:00:30' })
  assert.deepEqual([from, to], ['2026-01-31T08:00:00Z', '2026-01-31T08:00:30Z'])
})

test('a time that is none is left to the server to refuse', () => {
  assert.equal(filterOf({ ...AUDIT_DEFAULTS, from: 'yesterday' }).from, 'yesterday')
})

test('an id needs the type of thing that it is of', () => {
  assert.match(problemsOfAudit({ ...AUDIT_DEFAULTS, objectId: '7' }).objectType ?? '', /such as team/)
  assert.deepEqual(problemsOfAudit({ ...AUDIT_DEFAULTS, objectId: '7', objectType: 'client' }), {})
})

test('a record leads to the others of its request', () => {
  assert.equal(addressOfAudit({ requestId: 'a&b' }), 'audit?requestId=a%26b')
})

test('an address that names no record begins with the newest', () => {
  assert.equal(readBefore(new URLSearchParams('before=17')), 17)
  for (const before of ['', 'before=0', 'before=-3', 'before=x', 'before=1e3']) {
    assert.equal(readBefore(new URLSearchParams(before)), undefined)
  }
  assert.equal(readRecordId('9999999999999999'), undefined)
})
