import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UserId } from '../../kernel/ids.ts'
import type { PermissionFlag, Principal } from '../../kernel/principal.ts'
import type { AdminCandidate } from './admin.ts'
import { assertAdminRemains, assertMayChangeAdmin } from './admin-policy.ts'

function caller(role: Principal['role'], ...flags: PermissionFlag[]): Principal {
  return {
    userId: 'caller',
    username: 'caller',
    role,
    flags: new Set(flags),
    homeOrganisation: 1,
    organisation: 1,
    via: 'token',
  }
}

function admin(id: string, role: Principal['role'], ...flags: PermissionFlag[]): AdminCandidate {
  return { id: id as UserId, username: id, organisation: 1, enabled: true, role, flags: new Set(flags) }
}

const plain = admin('x', 'user')

test('appointing needs allow_modify_admins, of a superadmin too', () => {
  const after = admin('x', 'admin')
  assert.throws(() => assertMayChangeAdmin(caller('superadmin'), plain, after), { code: 'access.flag_missing' })
  assert.throws(() => assertMayChangeAdmin(caller('user', 'allow_modify_admins'), plain, after), {
    code: 'access.flag_missing',
  })
  assertMayChangeAdmin(caller('admin', 'allow_modify_admins'), plain, after)
})

test('a flag one does not hold may stay or go, but not be added', () => {
  const ann = caller('admin', 'allow_modify_admins')
  const before = admin('x', 'admin', 'allow_modify_teams')
  assertMayChangeAdmin(ann, before, admin('x', 'admin', 'allow_modify_teams', 'allow_modify_admins'))
  assertMayChangeAdmin(ann, before, admin('x', 'admin'))
  const more = admin('x', 'admin', 'allow_modify_teams', 'allow_view_audit')
  assert.throws(() => assertMayChangeAdmin(ann, before, more), { code: 'admin.flag_not_held' })
})

test('flags left over from a plain user count as added when a role wakes them', () => {
  const before = admin('x', 'user', 'allow_modify_teams')
  const after = admin('x', 'admin', 'allow_modify_teams')
  assert.throws(() => assertMayChangeAdmin(caller('admin', 'allow_modify_admins'), before, after), {
    code: 'admin.flag_not_held',
  })
})

test('only a superadmin makes or changes one', () => {
  const ann = caller('admin', 'allow_modify_admins')
  const root = admin('x', 'superadmin')
  assert.throws(() => assertMayChangeAdmin(ann, plain, root), { code: 'admin.superadmin_only' })
  assert.throws(() => assertMayChangeAdmin(ann, root, plain), { code: 'admin.superadmin_only' })
  assertMayChangeAdmin(caller('superadmin', 'allow_modify_admins'), plain, root)
})

test('the last superadmin who can appoint is neither unmade, stripped, disabled nor deleted', () => {
  const root = admin('root', 'superadmin', 'allow_modify_admins', 'allow_view_audit')
  const powerless = admin('other', 'superadmin', 'allow_view_audit')
  const ways = [
    admin('root', 'admin', 'allow_modify_admins'),
    admin('root', 'superadmin', 'allow_view_audit'),
    { ...root, enabled: false },
    undefined,
  ]
  for (const after of ways) {
    const change = { callerId: 'other', before: root, after, superadmins: [root, powerless] }
    assert.throws(() => assertAdminRemains(change), { code: 'admin.last_superadmin' })
    const second = admin('second', 'superadmin', 'allow_modify_admins')
    assertAdminRemains({ ...change, superadmins: [root, powerless, second] })
  }
})

test('nobody takes away their own last admin right, though they may give up some', () => {
  const ann = admin('ann', 'admin', 'allow_modify_teams', 'allow_view_audit')
  const change = (after: AdminCandidate | undefined) => () =>
    assertAdminRemains({ callerId: 'ann', before: ann, after, superadmins: [] })
  assert.throws(change(admin('ann', 'user')), { code: 'admin.own_last_right' })
  assert.throws(change(admin('ann', 'admin')), { code: 'admin.own_last_right' })
  assert.throws(change({ ...ann, enabled: false }), { code: 'admin.own_last_right' })
  assert.throws(change(undefined), { code: 'admin.own_last_right' })
  assert.doesNotThrow(change(admin('ann', 'admin', 'allow_view_audit')))
})
