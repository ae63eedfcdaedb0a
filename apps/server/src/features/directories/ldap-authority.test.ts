import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Principal } from '../../kernel/principal.ts'
import { assertMayChangeAuthorities } from './ldap-authority.ts'

const ADMIN: Principal = {
  userId: '00000000-0000-4000-8000-000000000001',
  username: 'ann',
  role: 'admin',
  flags: new Set(['allow_modify_settings']),
  homeOrganisation: 1,
  organisation: 1,
  via: 'session',
}

test('no app says who signs in by which directory, whatever its user may', () => {
  assert.doesNotThrow(() => assertMayChangeAuthorities(ADMIN))
  for (const via of ['oauth', 'connector'] as const) {
    assert.throws(() => assertMayChangeAuthorities({ ...ADMIN, via }), { code: 'access.by_app' })
  }
})
