import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { compileJsonWriter } from './json-writer.ts'

const item = Type.Object({ id: Type.String(), parent: Type.Union([Type.String(), Type.Null()]), size: Type.Integer() })

test('strips fields that the schema does not name, at every depth', () => {
  const write = compileJsonWriter(Type.Object({ total: Type.Integer(), DTOs: Type.Array(item) }))
  const value = { secret: 1, total: 1, DTOs: [{ id: 'a', size: 2, passwordHash: 'x' }] }
  assert.equal(write(value), '{"total":1,"DTOs":[{"id":"a","size":2}]}')
})

test('leaves out absent fields, and null unless the schema has it', () => {
  assert.equal(compileJsonWriter(item)({ id: null, parent: null, size: undefined }), '{"parent":null}')
})

test('writes strings, lists, dates and whatever a schema leaves open', () => {
  assert.equal(compileJsonWriter(Type.String())('a"b'), '"a\\"b"')
  assert.equal(compileJsonWriter(Type.Array(item))([{ id: 'a' }]), '[{"id":"a"}]')
  const open = Type.Object({ at: Type.String(), any: Type.Unknown(), map: Type.Record(Type.String(), Type.Integer()) })
  const value = { at: new Date(0), any: { x: [1] }, map: { a: 1 } }
  assert.equal(compileJsonWriter(open)(value), '{"at":"1970-01-01T00:00:00.000Z","any":{"x":[1]},"map":{"a":1}}')
})
