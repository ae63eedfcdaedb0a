import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lockedUntil, lockOutKeys, networkOf, secondsUntil } from './lock-out.ts'

const now = new Date('2026-01-01T00:00:00Z')
const digest = (text: string) => Buffer.from(`digest of ${text}`)

test('waiting starts after the free failures, doubles, and ends at a quarter of an hour', () => {
  const account = { rule: 'account', text: 'a' } as const
  const waits = [4, 5, 6, 10, 14, 15, 1_000_000].map((failures) => {
    const until = lockedUntil(account, failures, now)
    return until && (until.getTime() - now.getTime()) / 1000
  })
  assert.deepEqual(waits, [undefined, 1, 2, 32, 512, 900, 900])
  assert.equal(lockedUntil({ rule: 'source', text: 's' }, 19, now), undefined)
})

test('an account has one count by all its names, beside that of the name, which its key does not tell', () => {
  const keys = (name: string, account?: string) =>
    lockOutKeys(digest, { name, account, source: '192.0.2.7' }).map(({ rule, text }) => `${rule} ${text}`)
  const [account, name, source] = keys('Ann@Example.org', 'id')
  assert.deepEqual([account, source], ['account account:id', 'source source:192.0.2.7'])
  assert.equal(keys('ann', 'id')[0], account)
  assert.deepEqual(keys('ann@example.org'), [name, source])
  assert.doesNotMatch(name ?? '', /ann@/)
})

test('addresses of one IPv6 subscriber count as one, IPv4 addresses singly', () => {
  assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0::/64')
  assert.equal(networkOf('2001:DB8:0:0:aaaa::2%eth0'), '2001:db8:0:0::/64')
  assert.equal(networkOf('2001:0db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
  assert.equal(networkOf('::1'), '0:0:0:0::/64')
  assert.equal(networkOf('::ffff:192.0.2.7'), '192.0.2.7')
})

test('the seconds to wait are whole and never nought', () => {
  assert.equal(secondsUntil(new Date(now.getTime() + 1), now), 1)
  assert.equal(secondsUntil(new Date(now.getTime() + 1001), now), 2)
})
