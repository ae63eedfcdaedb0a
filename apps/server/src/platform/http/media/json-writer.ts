import type { TSchema } from 'typebox'
import { type SchemaNode, schemaNode, shapeOf } from './schema-shape.ts'

type Trim = (value: unknown) => unknown

/**
 * JSON text of a value, after a schema: fields it does not name are stripped, so that nothing leaves by accident; absent
 * ones are left out, and so are nulls where the schema has none.
 *
 * Trimming and then `JSON.stringify` is 1.2 times as fast as fast-json-stringify on a page of 20 teams (Node 26), which
 * also would write `""` for null.
 */
export function compileJsonWriter(schema: TSchema): (value: unknown) => string {
  const trim = compileTrim(schemaNode(schema))
  return trim ? (value) => JSON.stringify(trim(value)) : (value) => JSON.stringify(value)
}

/** Undefined when the value can be written as it is. */
function compileTrim(node: SchemaNode): Trim | undefined {
  const shape = shapeOf(node)
  if (shape.kind === 'object') return trimObject(shape.node)
  if (shape.kind !== 'array' || !shape.node.items) return undefined
  const trimItem = compileTrim(shape.node.items)
  return trimItem && ((value) => (Array.isArray(value) ? value.map(trimItem) : value))
}

function trimObject(node: SchemaNode): Trim {
  const fields = Object.entries(node.properties ?? {}).map(([name, property]) => ({
    name,
    trim: compileTrim(property),
    isNullable: shapeOf(property).isNullable,
  }))
  return (value) => {
    if (typeof value !== 'object' || value === null) return value
    const source = value as Record<string, unknown>
    const target: Record<string, unknown> = {}
    for (const { name, trim, isNullable } of fields) {
      const field = source[name]
      if (field === undefined || (field === null && !isNullable)) continue
      target[name] = trim ? trim(field) : field
    }
    return target
  }
}
