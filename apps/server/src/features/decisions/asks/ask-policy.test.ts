import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError } from '../../../kernel/errors.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { assertMayAskState, type Standing, standingOf } from './ask-policy.ts'

type Flag = Principal['flags'] extends ReadonlySet<infer Each> ? Each : never

const caller = (role: Principal['role'], ...flags: Flag[]) => ({ userId: 'own', role, flags: new Set(flags) })

function outcome(act: () => unknown): string {
  try {
    return String(act())
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

const NOT_YOURS = 'access_ask.not_yours'
const OTHER = { userId: 'other', isLed: false }
const NOBODY = { userId: undefined, isLed: false }
const OWN = { userId: 'own', isLed: false }
const LED = { userId: 'other', isLed: true }

const TABLE: ReadonlyArray<
  readonly [string, ReturnType<typeof caller>, { userId: string | undefined; isLed: boolean }, string]
> = [
  ['a user about themself', caller('user'), OWN, 'self'],
  ['a user about another', caller('user'), OTHER, NOT_YOURS],
  ['a user about nobody that there is', caller('user'), NOBODY, NOT_YOURS],
  ['a user whose flag is dormant about another', caller('user', 'allow_view_users'), OTHER, NOT_YOURS],
  ['a leader about a path of theirs', caller('user'), LED, 'leader'],
  ['a leader about nobody, at a path of theirs', caller('user'), { userId: undefined, isLed: true }, 'leader'],
  ['a leader about themself, at a path of theirs', caller('user'), { userId: 'own', isLed: true }, 'leader'],
  ['an admin who views users about another', caller('admin', 'allow_view_users'), OTHER, 'viewer'],
  ['an admin of teams about another', caller('admin', 'allow_modify_teams'), OTHER, 'viewer'],
  ['an admin of teams about nobody', caller('admin', 'allow_modify_teams'), NOBODY, 'viewer'],
  [
    'an admin of other things about another',
    caller('admin', 'allow_modify_users', 'allow_view_audit'),
    OTHER,
    NOT_YOURS,
  ],
  ['an admin of other things about themself', caller('admin', 'allow_modify_users'), OWN, 'self'],
  ['a superadmin with a flag about another', caller('superadmin', 'allow_view_users'), OTHER, 'viewer'],
  ['a superadmin without about another', caller('superadmin'), OTHER, NOT_YOURS],
]

for (const [who, asking, asked, expected] of TABLE) {
  test(`${who}: ${expected}`, () => {
    assert.equal(
      outcome(() => standingOf(asking, { ...asked, at: '' })),
      expected,
    )
  })
}

const STATES: ReadonlyArray<readonly ['enforced' | 'pending', Standing, string]> = [
  ['enforced', 'self', 'undefined'],
  ['pending', 'viewer', 'undefined'],
  ['pending', 'leader', 'undefined'],
  ['pending', 'self', 'access_ask.pending_not_yours'],
]

for (const [state, standing, expected] of STATES) {
  test(`the ${state} model for a ${standing}: ${expected}`, () => {
    assert.equal(
      outcome(() => assertMayAskState(state, standing, '')),
      expected,
    )
  })
}
