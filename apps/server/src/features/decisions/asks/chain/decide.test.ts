import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PermissionType } from '../../../rules/index.ts'
import { CompiledModel } from '../../compiled/compiled-model.ts'
import type { ModelFacts, PermissionFact } from '../../model-facts.ts'
import { type AskFields, readAsks } from '../ask.ts'
import type { LiveFacts } from '../live-facts.ts'
import { decide, isAllowed, type Question } from './decide.ts'
import type { Decision } from './link.ts'

const ANN = '01890000-0000-7000-8000-000000000001'
const NOW = new Date('2026-03-01T12:00:00Z')

const permission = (id: string, path: string, type: PermissionType): PermissionFact => ({
  id,
  rule: 'devs',
  repository: 'r1',
  type,
  path,
})

const FACTS: ModelFacts = {
  users: [
    { id: ANN, username: 'ann', enabled: true },
    { id: 'dis', username: 'dis', enabled: false },
  ],
  teams: [
    { id: 't0', name: 'Engineering', parent: undefined },
    { id: 't1', name: 'Calc', parent: 't0' },
  ],
  rules: [
    { id: 'devs', name: 'developers', team: 't1', audience: 'members' },
    { id: 'no', name: 'nobody', team: 't1', audience: 'members' },
    { id: 'all', name: 'all', team: 't0', audience: 'everyone' },
  ],
  repositories: [
    { id: 'r1', name: 'calc' },
    { id: 'd7', name: 'datasource:7' },
  ],
  permissions: [
    permission('p1', '/trunk', 'READ'),
    permission('p2', '/trunk/secret', 'READ_WRITE'),
    { ...permission('p3', '/trunk/secret', 'NONE'), rule: 'no' },
    { ...permission('p4', '/open', 'NONE'), rule: 'all' },
    { id: 'p5', rule: 'devs', repository: 'd7', type: 'READ', path: '/' },
  ],
  members: [
    { rule: 'devs', users: [ANN, 'dis'] },
    { rule: 'no', users: [ANN] },
  ],
}

const model = CompiledModel.compile(FACTS)
const GOOD_CLIENT = { id: 'app', name: 'App', isClientEnabled: true, isPermitted: true }
const CONNECTOR = { id: 5, state: 'Enabled', isOwn: true, clientId: 'app' }
const STRANGER = { isCreator: false, isSteward: false, isAdmin: false }
const GOOD_TOKEN = { expiresAt: undefined, isDelegated: false }

interface Case {
  readonly ask: AskFields
  readonly live?: Partial<LiveFacts>
  readonly user?: string
  readonly enabled?: boolean
}

function questionOf({ ask, live, user = ANN, enabled = true }: Case): Question {
  const [question] = readAsks(ask)
  if (!question) throw new Error('There is a question.')
  const nothing = { userId: user, token: undefined, connector: undefined, client: undefined, dataSource: undefined }
  return {
    ask: question,
    now: NOW,
    organisation: { id: 1, enabled },
    user: model.findUserById(user),
    live: live && { ...nothing, ...live },
    model,
    teamsToShow: ({ rule }) => model.teamPathOf(rule),
  }
}

/** The last link and how it ends: `permission allows`. */
function ending(decision: Decision): string {
  const last = decision.chain.at(-1)
  return `${last?.link} ${last?.outcome}`
}

const at = (path: string, more: Partial<AskFields> = {}): AskFields => ({
  user: ANN,
  repository: 'calc',
  path,
  ...more,
})
const byToken = (path = '/trunk'): AskFields => ({ token: 'x', repository: 'calc', path })
const source = (more: Partial<AskFields> = {}): AskFields => ({ user: ANN, dataSource: 7, ...more })

const TABLE: ReadonlyArray<readonly [string, Case, string]> = [
  ['reading where a rule gives it', { ask: at('/trunk/a') }, 'permission allows'],
  ['writing where a rule gives reading', { ask: at('/trunk/a', { permission: 'READ_WRITE' }) }, 'permission refuses'],
  ['reading where another rule denies', { ask: at('/trunk/secret') }, 'permission refuses'],
  ['reading what everyone is denied', { ask: at('/open/x') }, 'permission refuses'],
  ['reading where no rule speaks', { ask: at('/') }, 'rule refuses'],
  ['a repository that is none', { ask: { user: ANN, repository: 'nope' } }, 'rule refuses'],
  ['a user who is disabled', { ask: at('/trunk'), user: 'dis' }, 'user refuses'],
  ['a user who is none', { ask: at('/trunk'), user: 'none' }, 'user refuses'],
  ['an organisation that is disabled', { ask: at('/trunk'), enabled: false }, 'organisation refuses'],
  ['a token', { ask: byToken(), live: { token: GOOD_TOKEN } }, 'permission allows'],
  ['a token of nobody', { ask: byToken(), live: {} }, 'token refuses'],
  ['a token that ends now', { ask: byToken(), live: { token: { ...GOOD_TOKEN, expiresAt: NOW } } }, 'token refuses'],
  [
    'a token of a connector that is disabled',
    { ask: byToken(), live: { token: GOOD_TOKEN, connector: { ...CONNECTOR, state: 'Disabled' } } },
    'connector refuses',
  ],
  ['a connector', { ask: at('/trunk', { connector: 5 }), live: { connector: CONNECTOR } }, 'permission allows'],
  ['a connector that is none', { ask: at('/trunk', { connector: 5 }), live: {} }, 'connector refuses'],
  [
    'a connector of another user',
    { ask: at('/trunk', { connector: 5 }), live: { connector: { ...CONNECTOR, isOwn: false } } },
    'connector refuses',
  ],
  ...['Pending', 'Disabled', 'Wipe', 'Wiped'].map(
    (state) =>
      [
        `a connector in state ${state}`,
        { ask: at('/trunk', { connector: 5 }), live: { connector: { ...CONNECTOR, state } } },
        'connector refuses',
      ] as const,
  ),
  [
    'a connector of another app than the one named',
    { ask: at('/trunk', { connector: 5, client: 'other' }), live: { connector: CONNECTOR, client: GOOD_CLIENT } },
    'connector refuses',
  ],
  ['an app', { ask: at('/trunk', { client: 'app' }), live: { client: GOOD_CLIENT } }, 'permission allows'],
  ['an app that is none', { ask: at('/trunk', { client: 'app' }), live: {} }, 'client refuses'],
  [
    'an app that is not permitted',
    { ask: at('/trunk', { client: 'app' }), live: { client: { ...GOOD_CLIENT, isPermitted: false } } },
    'client refuses',
  ],
  [
    'an app that is disabled for everyone',
    { ask: at('/trunk', { client: 'app' }), live: { client: { ...GOOD_CLIENT, isClientEnabled: false } } },
    'client refuses',
  ],
  [
    'a connector whose app is not permitted',
    {
      ask: at('/trunk', { connector: 5 }),
      live: { connector: CONNECTOR, client: { ...GOOD_CLIENT, isPermitted: false } },
    },
    'client refuses',
  ],
  ['a data source that a rule gives', { ask: source(), live: { dataSource: STRANGER } }, 'permission allows'],
  [
    'a data source that no rule gives',
    { ask: { user: ANN, dataSource: 8 }, live: { dataSource: STRANGER } },
    'rule refuses',
  ],
  ...(['isCreator', 'isSteward', 'isAdmin'] as const).map(
    (part) =>
      [
        `a data source, as ${part} says`,
        {
          ask: { user: ANN, dataSource: 8, permission: 'READ_WRITE' },
          live: { dataSource: { ...STRANGER, [part]: true } },
        },
        'stewardship allows',
      ] as const,
  ),
  [
    'a data source by an app, though a steward',
    { ask: source({ client: 'app' }), live: { client: GOOD_CLIENT, dataSource: { ...STRANGER, isSteward: true } } },
    'stewardship refuses',
  ],
  [
    'a data source by the token of an app',
    {
      ask: { token: 'x', dataSource: 7 },
      live: { token: { ...GOOD_TOKEN, isDelegated: true }, client: GOOD_CLIENT, dataSource: STRANGER },
    },
    'stewardship refuses',
  ],
]

for (const [what, each, expected] of TABLE) {
  test(`${what}: ${expected}`, () => {
    const decision = decide(questionOf(each))
    assert.equal(ending(decision), expected)
    assert.equal(decision.allowed, expected.endsWith('allows'))
    assert.equal(isAllowed(questionOf(each)), decision.allowed, 'without the reasons, the same')
    assert.deepEqual(
      decision.chain.map((link) => link.change !== undefined),
      decision.chain.map((link) => link.outcome === 'refuses'),
      'what refuses says what would change it, and nothing else does',
    )
    assert.ok(decision.chain.slice(0, -1).every((link) => link.outcome !== 'refuses'))
  })
}

test('names the team, the rule and the permission that decide', () => {
  const { chain } = decide(questionOf({ ask: at('/trunk/a') }))
  assert.deepEqual(
    chain.map(({ link, id, name, path, teams }) => ({ link, id, name, path, teams: teams?.map((team) => team.name) })),
    [
      { link: 'organisation', id: '1', name: undefined, path: undefined, teams: undefined },
      { link: 'user', id: ANN, name: 'ann', path: undefined, teams: undefined },
      { link: 'connector', id: undefined, name: undefined, path: undefined, teams: undefined },
      { link: 'client', id: undefined, name: undefined, path: undefined, teams: undefined },
      { link: 'team', id: 't1', name: 'Calc', path: undefined, teams: ['Engineering', 'Calc'] },
      { link: 'rule', id: 'devs', name: 'developers', path: undefined, teams: undefined },
      { link: 'permission', id: 'p1', name: undefined, path: '/trunk', teams: undefined },
    ],
  )
})

test('names the rule whose denial counts, and not the one whose right it takes away', () => {
  const { chain } = decide(questionOf({ ask: at('/trunk/secret/x') }))
  assert.deepEqual(
    chain.slice(-2).map(({ id, change }) => [id, change]),
    [
      ['no', undefined],
      ['p3', 'Remove ann from the rule nobody: a denial counts more than what other rules give at /trunk/secret.'],
    ],
  )
})

test('of several rules that say the same, names one that the caller may see', () => {
  const twice = CompiledModel.compile({
    ...FACTS,
    rules: [...FACTS.rules, { id: 'own', name: 'their own', team: 't1', audience: 'members' }],
    permissions: [...FACTS.permissions, { ...permission('p9', '/trunk', 'READ'), rule: 'own' }],
    members: [...FACTS.members, { rule: 'own', users: [ANN] }],
  })
  const { chain } = decide({
    ...questionOf({ ask: at('/trunk') }),
    model: twice,
    teamsToShow: ({ rule }) => (rule.id === 'own' ? [{ id: 't1', name: 'Calc' }] : undefined),
  })
  assert.deepEqual(
    chain.slice(-3).map(({ id }) => id),
    ['t1', 'own', 'p9'],
  )
})

test('to a superadmin of another organisation its rules say nothing, and their part in a data source all', () => {
  const user = { id: 'root', username: 'root', enabled: true }
  const decided = (fields: AskFields, part = {}) => {
    const live = { dataSource: { ...STRANGER, ...part } }
    const question = { ...questionOf({ ask: fields, live }), user }
    assert.equal(isAllowed(question), decide(question).allowed)
    return ending(decide(question))
  }
  assert.equal(decided({ user: ANN, repository: 'calc', path: '/trunk' }), 'rule refuses')
  assert.equal(decided({ user: ANN, dataSource: 7 }), 'rule refuses')
  assert.equal(decided({ user: ANN, dataSource: 7 }, { isAdmin: true }), 'stewardship allows')
})

test('says nothing of team and rule where they are not the caller’s to see', () => {
  const { chain } = decide({ ...questionOf({ ask: at('/trunk') }), teamsToShow: () => undefined })
  assert.doesNotMatch(JSON.stringify(chain), /Engineering|Calc|developers|"(devs|t0|t1|p1)"/)
})
