import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAuthz } from '../parse-authz.ts'
import type { RepositoryImportPlan } from './import-plan.ts'
import { planRepositoryImport } from './plan-repository-import.ts'

function plan(text: string): RepositoryImportPlan {
  return planRepositoryImport(parseAuthz(text), 'main')
}

test('plans what is about the repository, and tells what is about others', () => {
  const text = `[groups]
inner = ann
outer = @inner
shared = bob
free = cy
[/]
@shared = r
[main:/a]
dee = rw
[lib:/]
@outer = rw
@shared = rw
[lib:/x]
zoe = r
[doc:/]
* = r
`
  const { teams, users, others } = plan(text)
  assert.deepEqual(
    teams.map(({ name }) => name),
    ['shared', 'free', 'Named users'],
  )
  assert.deepEqual(users, ['bob', 'cy', 'dee'])
  assert.deepEqual(others, {
    repositories: [
      { name: 'lib', sections: 2 },
      { name: 'doc', sections: 1 },
    ],
    groups: ['outer', 'inner'],
  })
})

test('a group that is nested in one that is kept is kept, whoever else speaks of it', () => {
  const { teams, others } = plan('[groups]\na = ann\nb = @a\n[lib:/]\n@a = r\n')
  assert.deepEqual(
    teams.map(({ name, members }) => `${name}: ${members}`),
    ['a: ann', 'b: ann'],
  )
  assert.deepEqual(others.groups, [])
})

test('leaves out what no rule can say, and lists it', () => {
  const long = `/${'x'.repeat(2000)}`
  const { unexpressed, teams } = plan(
    `[groups]\nnone =\n[:glob:main:/*/tags]\n* =\n[/a\u0001]\n* = r\n[${long}]\n* = r\n[/b]\n~@none = r\nann = rw\n`,
  )
  const [pattern, control, tooLong, inverted, ...more] = unexpressed
  assert.match(pattern ?? '', /\[:glob:main:\/\*\/tags\] is left out: .*pattern/)
  assert.match(control ?? '', /\[\/a\\u0001\] is left out/)
  assert.match(tooLong ?? '', /xxx…\] is left out: .*2000 bytes/)
  assert.match(inverted ?? '', /The entry "~@none = r" of \[\/b\]/)
  assert.deepEqual(more, [])
  assert.deepEqual(
    teams.flatMap(({ rules }) => rules.flatMap(({ places }) => places.map(({ path }) => path))),
    ['/b'],
  )
})

test('what is of another repository is no loss', () => {
  const { unexpressed } = plan('[groups]\ng = ann\n[/]\n@g = r\n[:glob:lib:/*]\n* =\n')
  assert.deepEqual(unexpressed, [])
})

test('tells which words of the file become the names of those they mean today', () => {
  const text = `[aliases]
boss = cy
[groups]
g = ann, bob
idle =
tab\there = ann
[/]
@g = r
* = r
[/inverted]
~@g = rw
[/mixed]
@g =
* = r
[/anonymous]
$anonymous = r
`
  assert.deepEqual(
    plan(text).notes.map(({ kind, message }) => `${kind} ${message.split(/: | becomes| has| does not/)[0]}`),
    [
      'spelt_out "$anonymous" of [/anonymous]',
      'spelt_out "~@g = rw" of [/inverted]',
      'spelt_out "@g =" of [/mixed]',
      'renamed The group @tab\\there',
      'unused The group @idle',
      'spelt_out Users stand for the 1 alias of the file.',
    ],
  )
})
