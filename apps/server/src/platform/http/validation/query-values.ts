import { type SchemaNode, shapeOf } from '../media/schema-shape.ts'
import { readText } from '../media/text-value.ts'

/** A parsed query string: a parameter given more than once is a list. */
export type RawQuery = Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * Turns the texts of a query string, or of path parameters, into what their schema asks for, and leaves what does not fit for
 * validation to report.
 */
export function readQueryValues(raw: RawQuery, schema: SchemaNode): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null)
  for (const [name, given] of Object.entries(raw)) {
    const property = schema.properties?.[name]
    if (given !== undefined) values[name] = property ? readValue(given, property) : given
  }
  return values
}

function readValue(given: string | readonly string[], schema: SchemaNode): unknown {
  const shape = shapeOf(schema)
  if (shape.kind !== 'array') return typeof given === 'string' ? readText(given, shape.kind) : given
  const itemKind = shapeOf(shape.node.items ?? {}).kind
  const texts = typeof given === 'string' ? [given] : given
  return splitTexts(texts, shape.node).map((text) => readText(text, itemKind))
}

function splitTexts(texts: readonly string[], list: SchemaNode): readonly string[] {
  if (!list.commaSeparated) return texts
  return texts.flatMap((text) => text.split(',')).filter((text) => text !== '')
}
