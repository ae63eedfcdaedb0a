import type { TSchema } from 'typebox'

/**
 * The same schema with every object in it closed, unless it says otherwise: a field nobody reads is a mistake of the sender's,
 * and it must not pass unnoticed.
 */
export function closeObjects(schema: TSchema): TSchema {
  return close(schema) as TSchema
}

function close(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(close)
  if (typeof part !== 'object' || part === null) return part
  const node = part as Readonly<Record<string, unknown>>
  const closed: Record<string, unknown> = { ...node }
  for (const keyword of ['items', 'anyOf']) {
    if (keyword in node) closed[keyword] = close(node[keyword])
  }
  const properties = node['properties']
  if (typeof properties !== 'object' || properties === null) return closed
  closed['properties'] = Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, close(property)]),
  )
  return { additionalProperties: false, ...closed }
}
