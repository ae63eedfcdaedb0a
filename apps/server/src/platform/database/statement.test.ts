import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listStatements, statement } from './statement.ts'

test('lists what was declared, once', () => {
  const declared = statement<{ one: number }>('statement-test.one', 'select 1 as one')
  assert.equal(statement('statement-test.one', 'select 1 as one'), declared)
  assert.equal(listStatements().filter(({ name }) => name === 'statement-test.one').length, 1)
})

test('refuses a second statement of the same name', () => {
  statement('statement-test.two', 'select 2')
  assert.throws(() => statement('statement-test.two', 'select 3'), /Two different statements/)
})

test('refuses a name that PostgreSQL would cut, counting bytes', () => {
  statement('a'.repeat(63), 'select 1')
  assert.throws(() => statement('a'.repeat(64), 'select 1'), RangeError)
  assert.throws(() => statement('é'.repeat(32), 'select 1'), RangeError)
  assert.throws(() => statement('', 'select 1'), RangeError)
})
