import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TSchema, Type } from 'typebox'
import { acceptedQuery } from '../platform/http/operations/input-reader.ts'
import { closeObjects } from '../platform/http/validation/close-objects.ts'
import { makeValidator } from '../platform/http/validation/validator.ts'
import { declaredRoutes } from './declared-routes.ts'

test('what every operation takes can be validated', () => {
  const failures: string[] = []
  for (const route of declaredRoutes()) {
    const schemas: TSchema[] = [
      route.params ?? Type.Object({}),
      acceptedQuery(route),
      closeObjects(route.body ?? Type.Any()),
    ]
    for (const schema of schemas) {
      try {
        makeValidator(schema, { whole: 'it', member: 'field' })({})
      } catch (error) {
        failures.push(`${route.name}: ${error}`)
      }
    }
  }
  assert.deepEqual(failures, [])
})
