import assert from 'node:assert/strict'
import { test } from 'node:test'
import { requireFreshSignIn } from './fresh-sign-in.ts'

const signedInAt = new Date('2026-01-01T00:00:00Z')
const session = { id: '', authenticatedAt: signedInAt }
const after = (ms: number) => new Date(signedInAt.getTime() + ms)
const refusal = { code: 'sign_in.reauthenticate' }

test('a sign-in is fresh for ten minutes, to the millisecond, also for a node whose clock is behind', () => {
  for (const ms of [-5000, 0, 600_000]) requireFreshSignIn({ session }, after(ms))
  assert.throws(() => requireFreshSignIn({ session }, after(600_001)), refusal)
})

test('who comes without a session is never fresh', () => {
  assert.throws(() => requireFreshSignIn({}, signedInAt), refusal)
})
