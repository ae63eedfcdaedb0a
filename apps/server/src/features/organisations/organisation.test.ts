import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseOrganisationId, parseOrganisationName } from './organisation.ts'
import { actingOrganisation } from './organisation-policy.ts'

test('names lose surrounding space, and are printable and short', () => {
  assert.equal(parseOrganisationName('  Ärzte & Söhne '), 'Ärzte & Söhne')
  for (const bad of ['', '  ', 'a\nb', 'a\u0000', 'a\u202eb', 'x'.repeat(129)]) {
    assert.throws(() => parseOrganisationName(bad), { code: 'organisation.bad_name' }, bad)
  }
})

test('ids are what PostgreSQL can hold', () => {
  assert.equal(parseOrganisationId('2147483647'), 2_147_483_647)
  for (const bad of ['0', '-1', '1.0', '01', '1e3', '2147483648', 'one', '']) {
    assert.equal(parseOrganisationId(bad), undefined, bad)
  }
})

test('everyone acts in their own organisation, superadmins in any that is there and enabled', () => {
  const home = { id: 1, enabled: true }
  const there = { id: 2, enabled: true }
  assert.equal(actingOrganisation('user', { home, named: undefined }), 1)
  assert.equal(actingOrganisation('user', { home, named: home }), 1)
  assert.equal(actingOrganisation('superadmin', { home, named: there }), 2)
  assert.throws(() => actingOrganisation('admin', { home, named: there }), { code: 'organisation.other' })
  const gone = { id: 2, enabled: undefined }
  assert.throws(() => actingOrganisation('superadmin', { home, named: gone }), { code: 'organisation.not_found' })
  const off = { id: 2, enabled: false }
  assert.throws(() => actingOrganisation('superadmin', { home, named: off }), { code: 'organisation.target_disabled' })
  const shut = { id: 1, enabled: false }
  assert.throws(() => actingOrganisation('superadmin', { home: shut, named: there }), { code: 'organisation.disabled' })
})
