import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Access, accessOf, parseAuthz } from '@portreeve/svn-authz'
import fc from 'fast-check'
import { askSubversion } from '../../../../../tools/svn-oracle/ask-subversion.ts'
import { askSvnauthz, validateWithSvnauthz } from '../../../../../tools/svn-oracle/ask-svnauthz.ts'
import { effectiveRight, type PermissionType, type RepositoryRights, type Statement } from '../rules/index.ts'
import { generateAuthz } from './generate-authz.ts'

/** A process each, so this is what the tests spend most of their time on. */
const SVNAUTHZ_CHECKS = 20_000
const ACCESS: Record<PermissionType, Access> = { NONE: 'no', READ: 'r', READ_WRITE: 'rw' }
const NAMES = [
  ...[
    'ann',
    'bob',
    'two words',
    'a=b',
    'a:b',
    'c,d',
    '@at',
    '~ann',
    '~at',
    '&amp',
    '$anonymous',
    '*',
    '#hash',
    '[b',
    'é',
  ],
  ...['e\u0301', '漢字', '😀', '%(ann)s', '"q"', 'g1', 'a1', 'part1', 'groups', 'r', 'rw', '-x', "o'neil", 'b]', 'ANN'],
]
const PATHS = [
  '/',
  '/a',
  '/a/b',
  '/a/b/c',
  '/a b',
  '/a-b',
  '/a=b',
  '/b',
  '/b/ü:x',
  '/b/ü:x/@d',
  '/[x',
  '/c',
  '/c/~',
  '/c/*',
]

const someNames = fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 8 })
const permissionType = fc.constantFrom<PermissionType>('READ_WRITE', 'READ', 'NONE')
const audience = fc.constantFrom('members', 'members', 'members', 'authenticated', 'everyone')
/** As in the model: a few teams' member lists, each shared by several statements. */
const model: fc.Arbitrary<RepositoryRights> = fc
  .record({
    teams: fc.array(someNames, { minLength: 1, maxLength: 4 }),
    disabled: fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 3 }),
  })
  .chain(({ teams, disabled }) =>
    fc.record({
      statements: fc.array(
        fc.record({
          path: fc.constantFrom(...PATHS),
          permissionType,
          audience: audience as fc.Arbitrary<Statement['audience']>,
          members: fc.constantFrom(...teams),
        }),
        { maxLength: 14 },
      ),
      disabled: fc.boolean().map((any) => (any ? disabled : [])),
    }),
  )

interface Question {
  readonly file: string
  readonly repository: string
  readonly path: string
  readonly user: string | undefined
  readonly expected: Access
}

/** Every user, a stranger and the anonymous visitor, at every path spoken of and one below each. */
function questionsAbout(rights: RepositoryRights): Question[] {
  const file = generateAuthz(rights)
  const spoken = [...new Set(['/', ...rights.statements.map(({ path }) => path)])]
  const paths = spoken.flatMap((path) => [path, `${path === '/' ? '' : path}/below`])
  return [...NAMES, 'stranger', undefined].flatMap((user) =>
    paths.map((path) => ({ file, repository: 'r', path, user, expected: ACCESS[effectiveRight(rights, path, user)] })),
  )
}

function assertAnswers(questions: readonly Question[], answers: readonly Access[]): void {
  questions.forEach((question, i) => {
    if (answers[i] !== question.expected)
      assert.fail(`${JSON.stringify({ ...question, answer: answers[i] })}\n${question.file}`)
  })
}

/** One process answers all questions to one file as a table, in the order of {@link questionsAbout}. */
function askOracle(models: readonly (readonly Question[])[]): Access[] {
  const tables = models.map((questions) => ({
    file: questions[0]?.file ?? '',
    repository: 'r',
    users: [...new Set(questions.map(({ user }) => user))],
    paths: [...new Set(questions.map(({ path }) => path))],
  }))
  return askSubversion(tables).flatMap((answer) => {
    if ('refused' in answer) throw new Error(answer.refused)
    return answer.access.flat()
  })
}

test('Subversion reads the effective right of every user at every path: its library and our evaluator, 200,000 checks', () => {
  const models = fc.sample(model, 800).map(questionsAbout)
  const questions = models.flat()
  assert.ok(questions.length > 200_000, `${questions.length} questions`)
  assertAnswers(questions, askOracle(models))
  for (const asked of models) {
    const file = parseAuthz(asked[0]?.file ?? '')
    assertAnswers(
      asked,
      asked.map((question) => accessOf(file, question)),
    )
  }
})

test('Subversion reads the effective right: svnauthz accessof, 20,000 checks, and its library says the same', async () => {
  const models = fc.sample(model, 260).map(questionsAbout)
  const spread = <T>(list: readonly T[]) => list.filter((_, i) => i % 3 === 0).slice(0, SVNAUTHZ_CHECKS)
  const asked = spread(models.flat())
  assert.equal(asked.length, SVNAUTHZ_CHECKS)
  const answers = await askSvnauthz(asked)
  assertAnswers(asked, answers)
  assert.deepEqual(answers, spread(askOracle(models)))
})

test('svnauthz validate accepts every generated file', async () => {
  const files = fc.sample(model, 500).map(generateAuthz)
  const accepted = await validateWithSvnauthz(files)
  assert.deepEqual(
    files.filter((_, i) => !accepted[i]),
    [],
  )
})

test('the same rights in another order give the same bytes', () => {
  const shuffled = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length })
  const pair = model.chain((rights) =>
    fc.tuple(
      fc.constant(rights),
      fc.record({ statements: shuffled(rights.statements), disabled: shuffled(rights.disabled) }),
      fc.boolean(),
    ),
  )
  fc.assert(
    fc.property(pair, ([rights, other, reverseMembers]) => {
      const statements = other.statements.map((statement) =>
        reverseMembers ? { ...statement, members: statement.members.toReversed() } : statement,
      )
      assert.equal(generateAuthz({ ...other, statements }), generateAuthz(rights))
    }),
  )
})

function rule(path: string, permissionType: PermissionType, who: 'everyone' | readonly string[]): Statement {
  return typeof who === 'string'
    ? { path, permissionType, audience: who, members: [] }
    : { path, permissionType, audience: 'members', members: who }
}

function bodyOf(rights: RepositoryRights): string {
  return generateAuthz(rights).split('\n').slice(2).join('\n')
}

test('no rule, or rules that grant nothing, give a file that denies everything', () => {
  const denyAll = '[/]\n* =\n'
  assert.equal(bodyOf({ statements: [], disabled: [] }), denyAll)
  assert.equal(bodyOf({ statements: [rule('/a', 'NONE', ['ann'])], disabled: ['bob'] }), denyAll)
  assert.equal(bodyOf({ statements: [rule('/a', 'READ', [])], disabled: [] }), denyAll)
})

test('says nothing that is inherited anyway', () => {
  const statements = [
    rule('/', 'READ', 'everyone'),
    rule('/trunk', 'READ_WRITE', ['ann', 'bob']),
    rule('/tags', 'READ', 'everyone'),
    rule('/tags', 'READ_WRITE', ['bob']),
    rule('/trunk/src', 'READ_WRITE', ['bob']),
    rule('/trunk/docs', 'READ', ['carl']),
  ]
  assert.equal(
    bodyOf({ statements, disabled: [] }),
    '[groups]\ng1 = ann, bob\n\n[/]\n* = r\n\n[/tags]\nbob = rw\n\n[/trunk]\n@g1 = rw\n',
  )
})

test('takes from all who have less with one inverted entry, and mentions them so that nothing is inherited', () => {
  const statements = [
    rule('/', 'READ_WRITE', ['ann']),
    rule('/a', 'READ_WRITE', 'everyone'),
    rule('/a', 'READ', ['ann']),
  ]
  assert.equal(
    bodyOf({ statements, disabled: ['gone'] }),
    '[groups]\ng1 = ann, gone\n\n[/]\nann = rw\n\n[/a]\n$anonymous = rw\n~@g1 = rw\nann = r\n@g1 =\n',
  )
})

test('nests users who go together through several sets in a group of their own', () => {
  const core = ['c1', 'c2', 'c3']
  const statements = [
    rule('/a', 'READ', [...core, 'a']),
    rule('/b', 'READ', [...core, 'b']),
    rule('/c', 'READ', [...core, 'c']),
    rule('/d', 'READ', core),
  ]
  const body = bodyOf({ statements, disabled: [] })
  assert.equal(body.slice(0, body.indexOf('\n\n')), '[groups]\ng1 = @g4, a\ng2 = @g4, b\ng3 = @g4, c\ng4 = c1, c2, c3')
})

test('refuses to write a name or path that would be read as another line', () => {
  const evil = [rule('/', 'READ', ['ann\n[/]\n* = rw'])]
  assert.throws(() => generateAuthz({ statements: evil, disabled: [] }), /No authz file can name/)
  assert.throws(() => generateAuthz({ statements: [rule('/a]', 'READ', 'everyone')], disabled: [] }), /No authz file/)
})

test('answers for thousands of users at thousands of paths as the rules do', () => {
  const users = Array.from({ length: 5_000 }, (_, i) => `user${i}`)
  const teams = Array.from({ length: 300 }, (_, t) => users.filter((_, i) => (i * 7 + t * 13) % 251 < 1 + (t % 3)))
  const statements = Array.from({ length: 10_000 }, (_, i) => {
    const right = (['READ_WRITE', 'READ', 'NONE'] as const)[i % 3] ?? 'READ'
    const who = i % 50 === 0 ? 'everyone' : (teams[i % teams.length] ?? [])
    return rule(`/p${i % 100}/q${i % 4_000}`, right, who)
  })
  statements.push(rule('/', 'READ', 'everyone'))
  const rights = { statements, disabled: users.slice(0, 10) }
  const paths = statements.filter((_, i) => i % 200 === 0).map(({ path }) => path)
  const askedUsers = [...users.filter((_, i) => i % 100 === 0), undefined]
  const [answer] = askSubversion([{ file: generateAuthz(rights), repository: 'r', users: askedUsers, paths }])
  assert.ok(answer && 'access' in answer)
  const atPath = Map.groupBy(statements, ({ path }) => path)
  const nearby = (path: string) => ({ ...rights, statements: [path, '/'].flatMap((at) => atPath.get(at) ?? []) })
  assert.deepEqual(
    answer.access,
    askedUsers.map((user) => paths.map((path) => ACCESS[effectiveRight(nearby(path), path, user)])),
  )
})
