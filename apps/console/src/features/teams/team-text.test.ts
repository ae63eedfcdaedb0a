import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textOfParts } from './team-text.ts'

test('the parts of a team are named in the right number', () => {
  assert.equal(
    textOfParts({ users: 1200, subteams: 1, rules: 0, resources: 2 }),
    '1,200 members, 1 team directly below it, 0 rules and 2 resources',
  )
})
