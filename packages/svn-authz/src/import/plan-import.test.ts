import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { accessOf, upwards } from '../access-of.ts'
import { type Access, AuthzUnsupportedError } from '../authz-file.ts'
import { parseAuthz } from '../parse-authz.ts'
import { ENFORCING_ORDER, type ImportPlan, type PlannedRule } from './import-plan.ts'
import { planImport } from './plan-import.ts'

const RANK: Record<Access, number> = { no: 0, r: 1, rw: 2 }

interface Visit {
  readonly repository: string
  readonly path: string
  readonly user: string | undefined
}

/** What a plan means, word for word; of its rules, only those with one of these accesses are in force. */
function plannedAccess(plan: ImportPlan, { repository, path, user }: Visit, inForce = ENFORCING_ORDER): Access {
  const rules = plan.teams.flatMap((team) => team.rules).filter((rule) => inForce.includes(rule.access))
  for (const at of upwards(path)) {
    const here = rules.filter(({ places }) => places.some((each) => each.repository === repository && each.path === at))
    const audiences = [
      here.filter(({ audience, members }) => audience === 'members' && user !== undefined && members.includes(user)),
      here.filter(({ audience }) => audience === 'authenticated' && user !== undefined),
      here.filter(({ audience }) => audience === 'everyone'),
    ]
    const decisive = audiences.find((each) => each.length > 0)
    if (decisive) return strongest(decisive)
  }
  return 'no'
}

function strongest(rules: readonly PlannedRule[]): Access {
  return (['no', 'rw', 'r'] as const).find((access) => rules.some((rule) => rule.access === access)) ?? 'no'
}

const USERS = ['ann', 'bob', 'cy', 'dee', 'stranger', undefined]
const SUBJECTS = ['ann', 'dee', '@g', '@h', '@none', '&boss', '*', '$anonymous', '$authenticated', '~ann', '~@g', '~@h']
const PATHS = ['/', '/a', '/a/b', '/a/b/c', '/d']

const entries = fc.dictionary(fc.constantFrom(...SUBJECTS), fc.constantFrom('rw', 'r', ''), { maxKeys: 5 })
const sections = fc.dictionary(fc.constantFrom(...PATHS.slice(0, 3).flatMap((path) => [path, `x:${path}`])), entries, {
  maxKeys: 6,
})
const files = sections.map((all) => {
  const header = '[aliases]\nboss = cy\n[groups]\ng = ann, bob\nh = @g, &boss\nnone =\n'
  const texts = Object.entries(all).map(
    ([name, lines]) =>
      `[${name}]\n${Object.entries(lines)
        .map(([subject, access]) => `${subject} = ${access}\n`)
        .join('')}`,
  )
  return header + texts.join('')
})

test('a plan gives everybody what the file gives them, at every path of every repository', () => {
  fc.assert(
    fc.property(files, (text) => {
      const file = parseAuthz(text)
      const plan = planImport(file, ['x', 'y'])
      for (const visit of allVisits(['x', 'y'])) {
        assert.equal(plannedAccess(plan, visit), accessOf(file, visit), JSON.stringify(visit))
      }
    }),
    { numRuns: 400 },
  )
})

test('brought into force in their order, rules never give more on the way than in the end', () => {
  fc.assert(
    fc.property(files, (text) => {
      const plan = planImport(parseAuthz(text), ['x'])
      for (const visit of allVisits(['x'])) {
        const final = RANK[plannedAccess(plan, visit)]
        for (let stage = 1; stage < ENFORCING_ORDER.length; stage++) {
          const partly = RANK[plannedAccess(plan, visit, ENFORCING_ORDER.slice(0, stage))]
          assert.ok(partly <= final, JSON.stringify({ visit, stage }))
        }
      }
    }),
    { numRuns: 200 },
  )
})

function allVisits(repositories: readonly string[]): Visit[] {
  return repositories.flatMap((repository) =>
    PATHS.flatMap((path) => USERS.map((user) => ({ repository, path, user }))),
  )
}

test('every rule has its members in its team and its places below one of its resources', () => {
  fc.assert(
    fc.property(files, (text) => {
      for (const { members, resources, rules } of planImport(parseAuthz(text), ['x', 'y']).teams) {
        for (const rule of rules) {
          assert.ok(rule.members.every((user) => members.includes(user)))
          for (const { repository, path } of rule.places) {
            const above = resources.filter((r) => r.repository === repository && [...upwards(path)].includes(r.path))
            assert.equal(above.length, 1)
          }
        }
      }
    }),
  )
})

test('rules look like what an administrator would write', () => {
  const text = `[groups]
infra = ann, bob
idle =
[/]
* =
[/infra]
@infra = rw
* = r
[/infra/keys]
@infra = rw
cy = r
* =
`
  const { teams, notes, ...plan } = planImport(parseAuthz(text), ['main'])
  assert.deepEqual(notes, [
    { kind: 'unused', message: 'The group @idle has neither members nor a rule; no team is made of it.' },
  ])
  assert.deepEqual(plan, { users: ['ann', 'bob', 'cy'], repositories: ['main'], unexpressed: [] })
  const lines = teams.flatMap((team) =>
    team.rules.map((rule) => `${team.name} · ${rule.name} · ${rule.members} · ${rule.places.map((p) => p.path)}`),
  )
  assert.deepEqual(lines, [
    'infra · read-write · ann,bob · /infra,/infra/keys',
    'Named users · cy: read · cy · /infra/keys',
    'Everyone · everyone: no access ·  · /,/infra/keys',
    'Everyone · everyone: read ·  · /infra',
  ])
  assert.deepEqual(
    teams.map((team) => team.resources.map(({ path }) => path)),
    [['/infra'], ['/infra/keys'], ['/']],
  )
})

test('an entry that does not hold by our reading is left out where nothing is lost', () => {
  const plan = planImport(parseAuthz('[groups]\ng = ann\n[/]\n* = r\n@g =\n[/a]\n* = rw\n@g = r\n'), ['main'])
  assert.deepEqual(plan.teams.find((team) => team.name === 'g')?.rules, [])
})

test('a group whose members one entry serves differently keeps its rule only if nobody gets more', () => {
  const text = '[groups]\ng = ann, bob\n[main:/]\nann = r\n[/]\n@g = rw\n'
  const plan = planImport(parseAuthz(text), ['main'])
  assert.equal(plannedAccess(plan, { repository: 'main', path: '/', user: 'ann' }), 'r')
  assert.equal(plannedAccess(plan, { repository: 'main', path: '/', user: 'bob' }), 'rw')
})

test('names that clash or cannot be printed are told apart and mended', () => {
  const text = '[groups]\nTeam = ann\nteam = bob\nnamed users = ann\na\tb = bob\n[/]\nann = r\n'
  const { teams } = planImport(parseAuthz(text), ['main'])
  assert.deepEqual(
    teams.map(({ name }) => name),
    ['Team', 'team (2)', 'named users', 'a_b', 'Named users (2)'],
  )
})

test('what cannot be expressed is left out and listed', () => {
  const plan = planImport(parseAuthz('[groups]\ng = ann, b\u0001b\n[a/b:/]\n@g = rw\n[/]\n@g = r\n'), ['main'])
  assert.deepEqual(plan.repositories, ['main'])
  assert.deepEqual(plan.teams[0]?.rules[0]?.members, ['ann'])
  assert.match(plan.unexpressed.join('\n'), /"a\/b".*\n.*"b\\u0001b"/)
})

test('refuses a file whose meaning cannot be told', () => {
  assert.throws(() => planImport(parseAuthz('[:glob:/*]\n* = r\n'), ['main']), AuthzUnsupportedError)
})
