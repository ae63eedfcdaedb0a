import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccessLink } from '@portreeve/client'
import { addressOfLink } from './address-of-link.ts'

const about = (link: AccessLink['link'], id?: string): AccessLink => ({
  link,
  outcome: 'allows',
  because: 'So it is.',
  ...(id !== undefined && { id }),
})

test('users, teams and rules lead to their pages, rules by way of the team that has them', () => {
  const chain = [about('user', 'u'), about('team', 't'), about('rule', 'r')]
  assert.deepEqual(
    chain.map((link) => addressOfLink(link, chain)),
    ['users/u', 'teams/t', 'teams/t/rules/r'],
  )
})

test('what is not named to the caller, or has no page, leads nowhere', () => {
  const chain = [about('organisation', '1'), about('user'), about('team'), about('rule', 'r'), about('permission', 'p')]
  assert.deepEqual(
    chain.map((link) => addressOfLink(link, chain)),
    [undefined, undefined, undefined, undefined, undefined],
  )
})
