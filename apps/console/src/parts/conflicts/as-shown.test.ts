import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asShown, ChangedSinceShown } from './as-shown.ts'

const read = async () => ({ value: { name: 'Ledger', stewards: ['ann'] }, etag: '"2"' })

test('what is still as it was shown is acted on, as that version alone', async () => {
  assert.equal(await asShown({ name: 'Ledger', stewards: ['ann'] }, read, async ({ ifMatch }) => ifMatch), '"2"')
})

test('what has become something else is left alone', async () => {
  const never = () => assert.fail('It was acted on.')
  for (const shown of [
    { name: 'Ledger', stewards: [] },
    { name: 'Books', stewards: ['ann'] },
  ]) {
    await assert.rejects(asShown(shown, read, never), ChangedSinceShown)
  }
})

test('does nothing where a field that was shown has no value any more', async () => {
  const shown: Readonly<Record<string, unknown>> = { name: 'ops', description: 'All of it' }
  const read = async () => ({ value: { name: 'ops' }, etag: '"2"' })
  await assert.rejects(
    asShown(shown, read, async () => assert.fail('it was done')),
    ChangedSinceShown,
  )
})
