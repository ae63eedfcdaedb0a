import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkForm, NEW_DATA_SOURCE, textOfProperties, toChange, toNew } from './data-source-form.ts'

const LEDGER = { ...NEW_DATA_SOURCE, name: 'Ledger', port: '5432', stewards: ['Ann'], properties: 'owner = finance' }

test('a change is what differs, and nothing when nothing does', () => {
  assert.deepEqual(toChange(LEDGER, LEDGER, []), {})
  assert.deepEqual(toChange(LEDGER, { ...LEDGER, host: 'db.example.org', port: '' }, []), {
    host: 'db.example.org',
    port: null,
  })
})

test('a steward who is known goes by id, so that a name that two have means the same one', () => {
  const ann = { id: '01', name: 'Ann', type: 'person', url: '/people/01' } as const
  const { stewards } = toChange(LEDGER, { ...LEDGER, stewards: ['Ann', 'ben'] }, [ann])
  assert.deepEqual(stewards, [{ id: '01' }, 'ben'])
})

test('properties are a name and a text a line, and equals signs in the text stay', () => {
  const properties = { owner: 'finance', options: 'a=1;b=2', empty: '' }
  const text = textOfProperties(properties)
  assert.deepEqual(toChange(LEDGER, { ...LEDGER, properties: `\n${text}\n\n` }, []).properties, properties)
  assert.deepEqual(checkForm({ properties: text }), {})
  assert.deepEqual(checkForm({ properties: 'owner = finance\nno sign' }), {
    properties: 'Line 2 must be a name, an equals sign and a text.',
  })
  assert.deepEqual(checkForm({ properties: ' = nameless' }), {
    properties: 'Line 1 must be a name, an equals sign and a text.',
  })
})

test('a new one is made of what was entered, in the group it was begun in', () => {
  const form = { ...NEW_DATA_SOURCE, name: 'Ledger', databaseType: 'Oracle' }
  assert.deepEqual(toNew(form, 7), { name: 'Ledger', databaseType: 'Oracle', groupId: 7 })
  assert.deepEqual(toNew(form, undefined), { name: 'Ledger', databaseType: 'Oracle' })
})
