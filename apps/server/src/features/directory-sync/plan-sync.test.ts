import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Person } from './person.ts'
import { entriesInDoubt, isUpToDate, type KnownUser, needsConfirmation, planOfNoChange, planSync } from './plan-sync.ts'

const HERE = 'here'

function person(username: string, dn = `uid=${username},dc=x`): Person {
  return { dn, username, email: null, displayName: null }
}

function user(username: string, more: Partial<KnownUser> = {}): KnownUser {
  const linked = { ldapAuthority: HERE, ldapDn: `uid=${username},dc=x` }
  return { id: `id ${username}`, username, ...linked, hasPassword: false, isMember: true, mayJoin: true, ...more }
}

function plan(persons: readonly Person[], known: readonly KnownUser[], isBelowManaged = false) {
  const members = known.filter(({ isMember }) => isMember).length
  return planSync({ persons, skipped: [] }, { authority: HERE, known, members, isBelowManaged })
}

const ids = (users: readonly { readonly id: string }[]) => users.map(({ id }) => id)

test('who is found joins, who is not found leaves, and who is nobody yet becomes a user', () => {
  const planned = plan(
    [person('ann'), person('bob'), person('cy')],
    [user('ann'), user('bob', { isMember: false }), user('dee')],
  )
  assert.deepEqual([ids(planned.add), planned.create.map(({ username }) => username)], [['id bob'], ['cy']])
  assert.deepEqual(ids(planned.remove), ['id dee'])
})

test('a person is the user of the same entry, under whatever name, before the user of the same name', () => {
  const renamed = user('old', { ldapDn: 'UID=new, DC=x' })
  const planned = plan([person('new')], [renamed, user('new', { ldapDn: 'uid=somebody,dc=x', isMember: false })])
  assert.deepEqual([planned.add, planned.create, planned.remove], [[], [], []])
  assert.deepEqual(planned.relink, [{ id: 'id old', dn: 'uid=new,dc=x' }])
})

test('a user of another directory, or with a password of its own, is not taken for a person of its name', () => {
  const elsewhere = user('ann', { ldapAuthority: 'elsewhere', isMember: false })
  const local = user('bob', { ldapAuthority: null, ldapDn: null, hasPassword: true, isMember: false })
  const named = user('cy', { ldapAuthority: null, ldapDn: null, isMember: false })
  const planned = plan([person('ann'), person('bob'), person('cy')], [elsewhere, local, named])
  assert.deepEqual([ids(planned.add), planned.create], [['id cy'], []])
  assert.equal(planned.skipped.length, 2)
  assert.deepEqual(planned.relink, [])
})

test('nobody comes into the account of somebody whose entry is still there by having their username', () => {
  const people = { persons: [person('bob', 'uid=bob,ou=b,dc=x')], skipped: [] }
  const before = {
    authority: HERE,
    known: [user('bob', { ldapDn: 'uid=bob,ou=a,dc=x' })],
    members: 1,
    isBelowManaged: false,
  }
  const doubtful = entriesInDoubt(people, before)
  assert.deepEqual(doubtful, ['uid=bob,ou=a,dc=x'])
  const refused = planSync(people, before, ['UID=bob, ou=a, dc=x'])
  assert.match(refused.skipped[0]?.reason ?? '', /is there as well/)
  assert.deepEqual([ids(refused.remove), refused.relink], [['id bob'], []])
  const moved = planSync(people, before, [])
  assert.deepEqual(moved.relink, [{ id: 'id bob', dn: 'uid=bob,ou=b,dc=x' }])
})

test('of two persons the one whose entry the user came from is that user, whoever else has the name by now', () => {
  const known = [user('ann', { ldapDn: 'uid=ann lee,dc=x' })]
  const found = [person('ann', 'uid=ann,dc=x'), person('ann lee', 'uid=ann lee,dc=x')]
  for (const persons of [found, found.toReversed()]) {
    const before = { authority: HERE, known, members: 1, isBelowManaged: false }
    assert.deepEqual(entriesInDoubt({ persons, skipped: [] }, before), [])
    const planned = plan(persons, known)
    assert.ok(isUpToDate(planned))
    assert.deepEqual(
      planned.skipped.map(({ dn }) => dn),
      ['uid=ann,dc=x'],
    )
  }
})

test('below a team that a directory fills nobody joins who is not there', () => {
  const planned = plan([person('ann'), person('bob')], [user('ann', { isMember: false, mayJoin: false })], true)
  assert.ok(isUpToDate(planned))
  assert.equal(planned.skipped.length, 2)
})

test('more than the share asks first: of none nobody, of all never', () => {
  const five = [1, 2, 3, 4, 5].map((n) => user(`u${n}`))
  const leaves = plan(
    five.slice(1).map(({ username }) => person(username)),
    five,
  )
  assert.deepEqual(
    [0, 19, 20, 100].map((share) => needsConfirmation(leaves, share)),
    [true, true, false, false],
  )
  assert.equal(needsConfirmation(plan([], five), 100), false)
  assert.equal(needsConfirmation(plan([], []), 0), false)
})

test('the short cut for no change is taken only where the long way finds nothing to do', () => {
  const names = fc.uniqueArray(fc.constantFrom('ann', 'bob', 'cy', 'dée', '\u{1f600}', 'Z'), { maxLength: 6 })
  const links = fc.constantFrom(HERE, null, 'elsewhere')
  fc.assert(
    fc.property(
      names,
      fc.array(fc.tuple(fc.constantFrom('ann', 'bob', 'cy', 'dée', 'Z'), links), { maxLength: 5 }),
      (found, held) => {
        const persons = found.map((name) => person(name))
        const members = [...new Map(held)].map(([name, ldapAuthority]) => user(name, { ldapAuthority }))
        const linked = members.filter(({ ldapAuthority }) => ldapAuthority === HERE)
        const entries = createHash('sha256')
          .update(
            linked
              .map(({ ldapDn }) => String(ldapDn))
              .sort()
              .join('\n'),
          )
          .digest('hex')
        const short = planOfNoChange(
          { persons, skipped: [] },
          { members: members.length, linked: linked.length, entries },
        )
        if (short) assert.deepEqual(short, plan(persons, members))
        else assert.ok(!isUpToDate(plan(persons, members)) || linked.length < members.length)
      },
    ),
  )
})
