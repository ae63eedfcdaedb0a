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

test('an account is the same however its address is written, and its key does not tell it', () => {
  const [account, source] = lockOutKeys(digest, 'Ann@Example.org', '192.0.2.7')
  assert.equal(account?.text, lockOutKeys(digest, 'ann@example.org', 'x')[0]?.text)
  assert.doesNotMatch(account?.text ?? '', /ann@/)
  assert.equal(source?.text, 'source:192.0.2.7')
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
