import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { compileBodyReader } from './body-reader.ts'

const FORM = 'application/x-www-form-urlencoded'
const bytes = (text: string) => new TextEncoder().encode(text)
const fields = { a: Type.String(), b: Type.String() }

test('reads an HTML form where the schema asks for it', () => {
  const read = compileBodyReader(Type.Object(fields, { htmlForm: true }))
  assert.deepEqual(read(bytes('a=x+y&b=%C3%A4%26'), FORM), { a: 'x y', b: 'ä&' })
})

test('still reads the JSON that curl sends as a form', () => {
  const read = compileBodyReader(Type.Object(fields, { htmlForm: true }))
  assert.deepEqual(read(bytes('{"a":"x","b":"y"}'), FORM), { a: 'x', b: 'y' })
})

test('reads no form where the schema does not ask for it: other pages could send one', () => {
  const read = compileBodyReader(Type.Object(fields))
  assert.throws(() => read(bytes('a=x&b=y'), FORM), { code: 'request.malformed_body' })
})
