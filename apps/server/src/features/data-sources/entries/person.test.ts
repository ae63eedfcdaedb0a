import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findPeople, type PersonReference } from './person.ts'

const SAM = { id: '0190a6f0-0000-7000-8000-00000000000a', username: 'sam', displayName: 'Sam Doe', name: 'Sam Doe' }
const BOB = { id: '0190a6f0-0000-7000-8000-00000000000b', username: 'bob', displayName: null, name: 'bob' }
const TWIN = { id: '0190a6f0-0000-7000-8000-00000000000c', username: 'Sam', displayName: 'SAM DOE', name: 'SAM DOE' }

const find = (references: readonly PersonReference[], candidates = [SAM, BOB]) =>
  findPeople({ findCandidates: async () => candidates }, 1, references)

test('finds people by id, username and display name, each once, by name', async () => {
  const references = ['bob', { name: 'SAM doe' }, SAM.id.toUpperCase(), { id: BOB.id, name: 'nobody' }]
  assert.deepEqual(await find(references), [
    { id: SAM.id, name: 'Sam Doe' },
    { id: BOB.id, name: 'bob' },
  ])
})

test('takes a username for its own even where others are displayed so', async () => {
  const named = { ...BOB, displayName: 'sam' }
  assert.deepEqual(await find(['sam'], [named, SAM]), [{ id: SAM.id, name: 'Sam Doe' }])
})

const refused: ReadonlyArray<readonly [string, PersonReference, string]> = [
  ['whom nobody knows', 'eve', 'person.unknown'],
  ['whose name several have', 'sam doe', 'person.ambiguous'],
  ['without id and name', {}, 'person.unnamed'],
]

for (const [who, reference, code] of refused) {
  test(`refuses somebody ${who}, and says where they stand`, async () => {
    await assert.rejects(find(['bob', reference], [SAM, BOB, TWIN]), { code, message: /stewards\[1\]/ })
  })
}
