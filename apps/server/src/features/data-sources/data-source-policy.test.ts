import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Principal } from '../../kernel/principal.ts'
import { assertMayEdit, assertMayPutInto, assertMayTakeOut, type Standing } from './data-source-policy.ts'

const caller = (
  role: Principal['role'],
  ...flags: Principal['flags'] extends ReadonlySet<infer Flag> ? Flag[] : never
) =>
  ({
    userId: 'u',
    username: 'u',
    role,
    flags: new Set(flags),
    homeOrganisation: 1,
    organisation: 1,
    via: 'token',
  }) satisfies Principal

const user = caller('user')
const stranger: Standing = { isCreator: false, isSteward: false }
const creator: Standing = { isCreator: true, isSteward: false }
const steward: Standing = { isCreator: false, isSteward: true }

function isAllowed(check: () => void): boolean {
  try {
    check()
    return true
  } catch (error) {
    assert.match(String((error as { code?: unknown }).code), /^(entry\.not_yours|access\.flag_missing)$/)
    return false
  }
}

const editors: ReadonlyArray<readonly [string, Principal, Standing, boolean]> = [
  ['a creator', user, creator, true],
  ['a steward', user, steward, true],
  ['anybody else', user, stranger, false],
  ['an admin with the flag', caller('admin', 'allow_modify_datasources'), stranger, true],
  ['a superadmin with the flag', caller('superadmin', 'allow_modify_datasources'), stranger, true],
  ['an admin with other flags', caller('admin', 'allow_modify_users', 'allow_modify_clients'), stranger, false],
  ['a superadmin without the flag', caller('superadmin'), stranger, false],
  ['a user whose flag is dormant', caller('user', 'allow_modify_datasources'), stranger, false],
]

for (const [who, principal, standing, expected] of editors) {
  test(`${who} ${expected ? 'may' : 'may not'} edit`, () => {
    assert.equal(
      isAllowed(() => assertMayEdit(principal, standing)),
      expected,
    )
    assert.equal(
      isAllowed(() => assertMayPutInto(principal, standing)),
      expected,
    )
  })
}

test('only admins with the flag put something at the top', () => {
  const admin = caller('admin', 'allow_modify_datasources')
  assert.deepEqual(
    [user, admin].map((principal) => isAllowed(() => assertMayPutInto(principal, undefined))),
    [false, true],
  )
})

test('whoever may edit a data source or its group takes it out of that', () => {
  const outcome = (dataSource: Standing, group: Standing) => isAllowed(() => assertMayTakeOut(user, dataSource, group))
  assert.deepEqual(
    [outcome(steward, stranger), outcome(stranger, creator), outcome(stranger, stranger)],
    [true, true, false],
  )
})
