import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Principal } from '../../kernel/principal.ts'
import { assertMayUse } from './data-source-access.ts'

const STEWARD: Omit<Principal, 'via'> = {
  userId: '7e0cd7a5-8c6e-4d7e-9b1c-2a4f6c1d0e11',
  username: 'sam',
  role: 'user',
  flags: new Set(),
  homeOrganisation: 1,
  organisation: 1,
}
const DEPS = {
  stewardship: { standingTo: async () => ({ isCreator: false, isSteward: true }) },
  mayUseDataSource: async () => true,
}

test('lets nobody get or use a password through an app or a connector, whatever they may themselves', async () => {
  for (const via of ['session', 'token'] as const) await assertMayUse(DEPS, { ...STEWARD, via }, 1)
  for (const via of ['oauth', 'connector'] as const) {
    await assert.rejects(assertMayUse(DEPS, { ...STEWARD, via }, 1), { code: 'login_credential.by_app' })
  }
})
