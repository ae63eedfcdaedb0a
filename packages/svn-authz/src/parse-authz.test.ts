import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { askSubversion } from '../../../tools/svn-oracle/ask-subversion.ts'
import { validateWithSvnauthz } from '../../../tools/svn-oracle/ask-svnauthz.ts'
import { accessOf, upwards } from './access-of.ts'
import { type Access, type AuthzFile, AuthzSyntaxError, AuthzUnsupportedError, hasGlobs } from './authz-file.ts'
import { membersOf } from './members-of.ts'
import { parseAuthz } from './parse-authz.ts'
import { printAuthz } from './print-authz.ts'
import { type ResolvedPath, resolveSections } from './resolve-sections.ts'

/** Texts and the line Subversion's rules refuse them at. */
const REFUSED: readonly [text: string, line: number][] = [
  ['a = r\n', 1],
  ['[/]\na\n', 2],
  ['[/\na = r\n', 1],
  [' [/]\na = r\n', 1],
  ['[/]\n a = r\n', 2],
  ['[/]\n # comment\n', 2],
  ['[/]\na = r\n\n w\n', 4],
  ['[/]\na = r\n# comment\n w\n', 4],
  ['[/]\na = r # comment\n', 2],
  ['[/]\na = w\n', 2],
  ['[/]\na = w\na = r\n', 2],
  ['[/]\na = R\n', 2],
  ['[/]\na : r = w\n', 2],
  ['[/]\na = r\n[/]\nb = r\n', 3],
  ['[/]\n[//x]\n', 2],
  ['[:glob:/a]\n[/a]\n', 2],
  ['[groups]\n[groups]\n', 2],
  ['[aliases]\n[aliases]\n', 2],
  ['[groups]\ng = a\ng = b\n', 3],
  ['[groups]\n@g = a\n', 2],
  ['[groups]\n= a\n', 2],
  ['[groups]\ng = @h\n', 2],
  ['[groups]\ng = @g\n', 2],
  ['[groups]\ng = @h\nh = @g\n', 3],
  ['[groups]\ng = &x\n', 2],
  ['[aliases]\na = x\na = y\n', 3],
  ['[aliases]\n&a = x\n', 2],
  ['[aliases]\na = @x\n[/]\n&a = r\n', 4],
  ['[/]\n@g = r\n', 2],
  ['[/]\n~@g = r\n', 2],
  ['[/]\n&x = r\n', 2],
  ['[/]\n~~a = r\n', 2],
  ['[/]\n~* = r\n', 2],
  ['[/]\n*a = r\n', 2],
  ['[/]\n$all = r\n', 2],
  ['[/a/]\n', 1],
  ['[/a//b]\n', 1],
  ['[/a/.]\n', 1],
  ['[/../a]\n', 1],
  ['[a]\n', 1],
  ['[Groups]\n', 1],
  ['[]\n', 1],
  ['[ /a]\n', 1],
  ['[r:a]\n', 1],
  ['[a:b:/c]\n', 1],
  ['[:/a]\n', 1],
  ['[:gl:/a]\n', 1],
  ['[:glob::/a]\n', 1],
]

const ACCEPTED = [
  '',
  '# comment\n',
  '\uFEFF[/]\na = r\n',
  '[/] anything\r\na = r\r\n\r\nb: rw\r\n',
  '[/a]b]\na = r\n',
  '[/]\na =\n r\n w\n',
  '[/]\na = r\na = rw\n',
  '[/]\na = w r\n= r\n~ = r\n',
  '[/]\n@g = r\n[groups]\ng = &x, , a b, ~c, *\nempty =\n[aliases]\nx = @odd = name\n[/b]\n@empty = r\n',
  '[groups]\na = @c\nb = @c\nd = @a, @b, @a\nc = x\n',
  '[//a]\nu = r\n',
  '[r:/]\nu = r\n[/]\n~$anonymous = r\n[a/b:/x:y]\n$authenticated =\n[:glob:/x*/**]\n',
]

test('refuses what svnauthz validate refuses, naming the line', async () => {
  for (const [text, line] of REFUSED) {
    assert.throws(() => parseAuthz(text), { name: 'AuthzSyntaxError', line }, JSON.stringify(text))
  }
  const accepted = await validateWithSvnauthz(REFUSED.map(([text]) => text))
  assert.deepEqual(
    REFUSED.filter((_, i) => accepted[i]),
    [],
  )
})

test('accepts what svnauthz validate accepts', async () => {
  for (const text of ACCEPTED) assert.doesNotThrow(() => parseAuthz(text), JSON.stringify(text))
  const accepted = await validateWithSvnauthz(ACCEPTED)
  assert.deepEqual(
    ACCEPTED.filter((_, i) => !accepted[i]),
    [],
  )
})

test('refuses an entry that makes Subversion abort', () => {
  assert.throws(() => parseAuthz('[aliases]\na = ~x\n[/]\n&a = r\n~x = rw\n'), { name: 'AuthzSyntaxError', line: 5 })
})

test('does not guess what an inverted entry of an empty group gives', () => {
  const file = parseAuthz('[groups]\ng =\n[/]\n~@g = r\n')
  assert.throws(() => accessOf(file, { repository: 'r', path: '/', user: 'u' }), AuthzUnsupportedError)
})

test('keeps aliases, groups, sections and entries in the order of the file', () => {
  const file = parseAuthz('[groups]\nz = a\nb = &y\n[/b]\nu = r\n~@z =\n[aliases]\ny = the, user\n[r:/a]\n* = rw\n')
  assert.deepEqual([...file.groups.keys()], ['z', 'b'])
  assert.deepEqual([...membersOf(file, 'b')], ['the, user'])
  assert.deepEqual(file.sections, [
    {
      glob: false,
      path: '/b',
      entries: [
        { subject: { kind: 'user', name: 'u' }, inverted: false, access: 'r' },
        { subject: { kind: 'group', name: 'z' }, inverted: true, access: 'no' },
      ],
    },
    {
      repository: 'r',
      glob: false,
      path: '/a',
      entries: [{ subject: { kind: 'everyone' }, inverted: false, access: 'rw' }],
    },
  ])
})

test('reports globs, and evaluates no file that has them', () => {
  const file = parseAuthz('[:glob:/a*]\nu = r\n')
  assert.equal(hasGlobs(file), true)
  assert.throws(() => accessOf(file, { repository: 'r', path: '/', user: 'u' }), AuthzUnsupportedError)
  assert.throws(() => resolveSections(file, 'r'), AuthzUnsupportedError)
  assert.deepEqual(parseAuthz(printAuthz(file)), file)
})

const SNIPPETS = [
  ...['[/]', '[/a]', '[/a/b]', '[r:/a]', '[r:/]', '[s:/a]', '[groups]', '[aliases]', '[//a]', '[/a/]', '[r:]'],
  ...['u = r', 'v = rw', 'v =', 'u = w', '~u = r', '~v =', '* = r', '* =', '~* = r', '$anonymous = r', ' rw', '\tv'],
  ...['~$anonymous = rw', '~$authenticated = r', '$authenticated =', '@g = r', '~@g = rw', '@h =', '&x = r', '~&x = r'],
  ...['g = u, v', 'h = @g, w', 'g =', 'h = @h', 'x = v', 'x = odd, name', 'x = @g', 'h = &x', '# c', ' # c', '', ' '],
  ...['u = r\r', 'g = u,', 'u r', 'y : r', '= r', '\ru = rw'],
]
const USERS = ['u', 'v', 'w', 'odd, name', 'y', 'nobody', undefined]
const PATHS = ['/', '/a', '/a/b', '/a/b/c', '/b']

// Half the files are built in a sensible order, so that most of them are accepted.
const DEFINITIONS = [
  '[groups]\ng = u, v\nh = @g, w\n[aliases]\nx = odd, name',
  '[groups]\ng =\nh = &x, y\n[aliases]\nx = v',
  '[aliases]\nx = @g\n[groups]\nh = @g, &x\ng = w, odd, name',
]
const ENTRIES = SNIPPETS.filter((line) => /^[^[ghx#].* =|^@h =/.test(line) && !/= w$|~\*/.test(line))
const rules = fc.tuple(
  fc.constantFrom('[/]', '[/a]', '[/a/b]', '[r:/a]', '[r:/]', '[s:/a]'),
  fc.array(fc.constantFrom(...ENTRIES), { maxLength: 4 }),
)
const sensibleFile = fc
  .tuple(fc.constantFrom(...DEFINITIONS), fc.uniqueArray(rules, { selector: ([header]) => header, maxLength: 5 }))
  .map(([definitions, sections]) =>
    [definitions, ...sections.flatMap(([header, lines]) => [header, ...lines])].join('\n'),
  )
const anyFile = fc.array(fc.constantFrom(...SNIPPETS), { maxLength: 12 }).map((lines) => lines.join('\n'))
const RUNS = 2_000

test('agrees with Subversion on random files: accepts the same, answers the same, prints the same, resolves the same', () => {
  const samples = [...fc.sample(anyFile, RUNS), ...fc.sample(sensibleFile, RUNS)]
  const texts = samples.filter((text) => !abortsSubversion(text))
  const answers = askSubversion(texts.map((file) => ({ file, repository: 'r', users: USERS, paths: PATHS })))
  let checked = 0
  texts.forEach((text, i) => {
    const answer = answers[i]
    assert.ok(answer)
    const file = parseOrUndefined(text)
    assert.equal(file === undefined, 'refused' in answer, `${JSON.stringify(text)}: ${JSON.stringify(answer)}`)
    if (!file || 'refused' in answer) return
    assert.deepEqual(parseAuthz(printAuthz(file)), file)
    if (text.includes('~@') && [...file.groups.keys()].some((group) => membersOf(file, group).size === 0)) return
    const table = (access: (user: string | undefined, path: string) => string) =>
      USERS.map((user) => PATHS.map((path) => access(user, path)))
    const resolved = resolveSections(file, 'r')
    assert.deepEqual(
      table((user, path) => accessOf(file, { repository: 'r', path, user })),
      answer.access,
      text,
    )
    assert.deepEqual(
      table((user, path) => resolvedAccess(resolved, path, user)),
      answer.access,
      text,
    )
    checked++
  })
  assert.ok(checked > RUNS / 4, `only ${checked} files were accepted`)
})

function parseOrUndefined(text: string): AuthzFile | undefined {
  try {
    return parseAuthz(text)
  } catch (error) {
    if (error instanceof AuthzSyntaxError) return undefined
    throw error
  }
}

/** Such a file would end the oracle's process; that it is refused here has its own test. */
function abortsSubversion(text: string): boolean {
  try {
    parseAuthz(text)
    return false
  } catch (error) {
    return error instanceof AuthzSyntaxError && error.message.includes('inverted entry')
  }
}

/** Reads resolved paths as their documentation says, to compare them with the file they came from. */
function resolvedAccess(resolved: readonly ResolvedPath[], path: string, user: string | undefined): Access {
  for (const at of upwards(path)) {
    const found = resolved.find((candidate) => candidate.path === at)
    const named = user === undefined ? undefined : (found?.users.get(user) ?? found?.authenticated)
    const access = named ?? found?.everyone
    if (access !== undefined) return access
  }
  return 'no'
}
