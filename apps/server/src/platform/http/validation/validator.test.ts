import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TSchema, Type } from 'typebox'
import { closeObjects } from './close-objects.ts'
import { makeValidator } from './validator.ts'

const wording = { whole: 'the body', member: 'field' }

function problems(schema: TSchema, value: unknown): readonly string[] {
  return makeValidator(closeObjects(schema), wording)(value)
}

const cases: readonly [TSchema, unknown, string][] = [
  [Type.Integer({ minimum: 1, maximum: 1000 }), 1e9, 'f must be at most 1000'],
  [Type.Integer({ minimum: 1 }), 0, 'f must be at least 1'],
  [Type.Integer(), 'x', 'f must be an integer'],
  [Type.String(), ['a', 'b'], 'f must be a string'],
  [Type.String({ minLength: 1 }), '', 'f must not be empty'],
  [Type.String({ minLength: 2 }), 'a', 'f must have at least 2 characters'],
  [Type.String({ maxLength: 2 }), 'abc', 'f must have at most 2 characters'],
  [Type.String({ format: 'uuid' }), 'x', 'f must be a UUID'],
  [Type.String({ format: 'uuid' }), 'urn:uuid:0190a6f0-0000-7000-8000-000000000001', 'f must be a UUID'],
  [Type.String({ format: 'email' }), 'x', 'f must be an email address'],
  [Type.String({ pattern: '^a+$' }), 'x', 'f must be text that matches ^a+$'],
  [Type.String({ pattern: '^a+$', expected: 'nothing but a' }), 'x', 'f must be nothing but a'],
  [Type.Enum(['READ', 'NONE']), 'X', 'f must be one of READ, NONE'],
  [Type.Union([Type.Literal('READ'), Type.Literal('NONE')]), 'X', 'f must be one of READ, NONE'],
  [Type.Literal('SVN'), 'X', 'f must be SVN'],
  [Type.Union([Type.String({ format: 'uuid' }), Type.Null()]), 'x', 'f must be a UUID or null'],
  [Type.Boolean(), 'maybe', 'f must be true or false'],
  [Type.Array(Type.String(), { minItems: 1 }), [], 'f must not be empty'],
  [Type.Array(Type.String(), { maxItems: 1 }), ['a', 'b'], 'f must have at most 1 entries'],
  [Type.Array(Type.String(), { uniqueItems: true }), ['a', 'a'], 'f must not hold the same entry twice'],
  [Type.Array(Type.Object({ kind: Type.Literal('a') })), [{ kind: 'a' }, { kind: 'b' }], 'f[1].kind must be a'],
  [Type.Object({ a: Type.String() }), { a: 'x', b: 1 }, 'unknown field "b" in f (known: a)'],
  [Type.Object({ a: Type.String() }), {}, 'f.a is required'],
]

for (const [schema, value, expected] of cases) {
  test(`says "${expected}" of ${JSON.stringify(value)}`, () => {
    assert.deepEqual(problems(Type.Object({ f: schema }), { f: value }), [expected])
  })
}

test('reports all problems together', () => {
  const schema = Type.Object({ name: Type.String(), size: Type.Optional(Type.Integer()) })
  const expected = ['name is required', 'unknown field "colour" (known: name, size)', 'size must be an integer']
  assert.deepEqual([...problems(schema, { size: 'x', colour: 1 })].sort(), expected.sort())
})

test('names the whole when it is of the wrong kind, and quotes no more of a name than helps', () => {
  assert.deepEqual(problems(Type.Object({}), []), ['the body must be an object'])
  assert.deepEqual(problems(Type.Object({}), { ['x'.repeat(100)]: 1 }), [
    `unknown field "${'x'.repeat(60)}…" (known: none)`,
  ])
})

test('fills in defaults, and lets open objects be', () => {
  const value: Record<string, unknown> = { open: { any: 1 } }
  const open = Type.Object({ a: Type.Optional(Type.String()) }, { additionalProperties: true })
  assert.deepEqual(problems(Type.Object({ size: Type.Integer({ default: 20 }), open }), value), [])
  assert.equal(value['size'], 20)
})
