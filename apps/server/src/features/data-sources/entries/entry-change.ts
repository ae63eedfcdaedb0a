import { isDeepStrictEqual } from 'node:util'

type Fields = Readonly<Record<string, unknown>>

/** A change as an audit record tells it: of the fields that differ, what was and what is. */
export interface FieldChanges {
  readonly before: Fields
  readonly after: Fields
}

/** Undefined when nothing differs. */
export function changedFields(before: Fields, after: Fields): FieldChanges | undefined {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !isDeepStrictEqual(before[name], after[name]),
  )
  return names.length === 0 ? undefined : { before: pick(before, names), after: pick(after, names) }
}

function pick(fields: Fields, names: readonly string[]): Fields {
  return auditedFields(Object.fromEntries(names.map((name) => [name, fields[name] ?? null])))
}

/**
 * Fields as an audit record may hold them for good. Free text may hold what nobody should have written there: of
 * `userData` only whether there is some is told, of `properties` their names.
 */
export function auditedFields(fields: Fields): Fields {
  const { userData, properties } = fields
  return {
    ...fields,
    ...(userData !== undefined && { userData: userData === '' ? '' : 'not kept' }),
    ...(properties !== undefined && { properties: Object.keys(properties ?? {}) }),
  }
}

type Sent<Source> = { readonly [Name in keyof Source]?: Exclude<Source[Name], undefined> }

/** The fields without those that were not sent. */
export function sentFields<Source extends object>(fields: Source): Sent<Source> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Sent<Source>
}
