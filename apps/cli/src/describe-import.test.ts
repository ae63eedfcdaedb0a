import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ImportPlan } from '@portreeve/client'
import { describeImport } from './describe-import.ts'

const PLAN: ImportPlan = {
  repositoryName: 'calc',
  team: 'calc',
  counts: { users: 9, teams: 2, members: 18, resources: 2, rules: 1, permissions: 1 },
  obstacles: [],
  unexpressed: [],
  warnings: [],
  existingPermissions: 0,
  newUsers: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'],
  knownUsers: [],
  resources: ['/trunk'],
  teams: [
    {
      name: 'devs',
      description: '',
      members: ['a', 'b'],
      resources: ['/trunk'],
      rules: [
        {
          ruleName: 'everyone: read',
          audience: 'everyone',
          members: [],
          permissions: [{ permissionType: 'READ', path: '/trunk' }],
        },
      ],
    },
  ],
}

test('shows what would be made, and no more names than can be read', () => {
  assert.equal(
    describeImport(PLAN),
    `Import into calc: 9 users, 2 teams, 18 members, 2 resources, 1 rules, 1 permissions.
Users to create: a, b, c, d, e, f, g, h and 1 more. Known already: none.

Team "calc" hands out /trunk
  Team "devs": a, b
    Rule "everyone: read" (everyone)
      READ /trunk
`,
  )
})

test('lists all that is left out, that is to know, and that is in the way', () => {
  const text = describeImport({
    ...PLAN,
    unexpressed: ['Lost.'],
    warnings: [{ code: 'import.renamed', message: 'Renamed.' }],
    obstacles: [{ code: 'import.loss', message: 'Refused.' }],
  })
  assert.match(text, /\nLeft out[^\n]*:\n- Lost\.\n\nTo know:\n- Renamed\.\n\nIn the way:\n- Refused\.\n$/)
})
