import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PermissionFlag, Principal } from '../../kernel/principal.ts'
import { assertMayLink } from './account.ts'

const ADMIN: Principal = {
  userId: '00000000-0000-4000-8000-000000000001',
  username: 'ann',
  role: 'admin',
  flags: new Set(['allow_modify_users', 'allow_modify_admins']),
  homeOrganisation: 1,
  organisation: 1,
  via: 'session',
}
const USER = { role: 'user', flags: new Set<never>() } as const

test('no app says which directory entry opens an account, whatever its user may', () => {
  assert.doesNotThrow(() => assertMayLink(ADMIN, USER))
  for (const via of ['oauth', 'connector'] as const) {
    assert.throws(() => assertMayLink({ ...ADMIN, via }, USER), { code: 'access.by_app' })
  }
})

test('an admin is linked only by who holds all that the admin holds', () => {
  const other = { role: 'admin', flags: new Set<PermissionFlag>(['allow_modify_settings']) } as const
  assert.throws(() => assertMayLink(ADMIN, other), { code: 'admin.flag_not_held' })
  assert.doesNotThrow(() => assertMayLink(ADMIN, { ...other, flags: ADMIN.flags }))
})
