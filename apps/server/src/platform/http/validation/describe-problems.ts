import type { ErrorObject } from 'ajv'
import type { SchemaNode } from '../media/schema-shape.ts'

export interface Wording {
  /** What a value without a path is: `the body`. */
  readonly whole: string
  /** What an unknown member is: `field`, `query parameter`. */
  readonly member: string
  /** What is said of a missing field; `<field> is required` unless told. */
  readonly missing?: ((field: string) => string) | undefined
}

const LONGEST_QUOTE = 60

/** One sentence part per problem: the field, and what would be right. */
export function describeProblems(errors: readonly ErrorObject[], wording: Wording): readonly string[] {
  const unions = errors
    .filter(({ keyword }) => keyword === 'anyOf')
    .map(({ schemaPath, instancePath }) => ({ schemaPath, instancePath }))
  // What each alternative of a union has against a value says less than the list of alternatives.
  const isInsideUnion = (error: ErrorObject) =>
    unions.some(
      ({ schemaPath, instancePath }) =>
        error.schemaPath.startsWith(`${schemaPath}/`) && error.instancePath.startsWith(instancePath),
    )
  return errors.filter((error) => !isInsideUnion(error)).map((error) => describe(error, wording))
}

type Params = Readonly<Record<string, unknown>>

function describe(error: ErrorObject, wording: Wording): string {
  const params = error.params as Params
  const path = fieldPath(error.instancePath)
  if (error.keyword === 'required') {
    const field = joinPath(path, String(params['missingProperty']))
    return wording.missing?.(field) ?? `${field} is required`
  }
  if (error.keyword === 'additionalProperties') return describeUnknown(error, path, wording)
  return `${path || wording.whole} ${demand(error)}`
}

function describeUnknown(error: ErrorObject, path: string, { member }: Wording): string {
  const name = quote(String((error.params as Params)['additionalProperty']))
  const known = Object.keys((error.parentSchema as SchemaNode | undefined)?.properties ?? {}).join(', ')
  return `unknown ${member} ${name}${path && ` in ${path}`} (known: ${known || 'none'})`
}

/** Which word of its schema a value breaks, as a demand. */
function demand(error: ErrorObject): string {
  const { limit, allowedValue } = error.params as Params
  const node = (error.parentSchema ?? {}) as SchemaNode
  switch (error.keyword) {
    case 'minimum':
      return `must be at least ${limit}`
    case 'maximum':
      return `must be at most ${limit}`
    case 'minLength':
      return limit === 1 ? 'must not be empty' : `must have at least ${limit} characters`
    case 'maxLength':
      return `must have at most ${limit} characters`
    case 'minItems':
      return limit === 1 ? 'must not be empty' : `must have at least ${limit} entries`
    case 'maxItems':
      return `must have at most ${limit} entries`
    case 'uniqueItems':
      return 'must not hold the same entry twice'
    case 'const':
      return `must be ${allowedValue}`
    case 'type':
    case 'enum':
    case 'format':
    case 'pattern':
    case 'anyOf':
      return `must be ${describeSchema(node)}`
    default:
      return error.message ?? 'is not valid'
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'a UUID',
  email: 'an email address',
  'date-time': 'a date and time such as 2026-01-31T12:00:00Z',
  date: 'a date such as 2026-01-31',
  uri: 'a URL',
}

/** What a schema asks for, in words. */
function describeSchema(node: SchemaNode & { readonly pattern?: string }): string {
  if (node.expected !== undefined) return node.expected
  const values = node.enum ?? (node.anyOf && constants(node.anyOf)) ?? ('const' in node ? [node.const] : undefined)
  if (values) return values.length === 1 ? String(values[0]) : `one of ${values.join(', ')}`
  if (node.anyOf) return [...new Set(node.anyOf.map(describeSchema))].join(' or ')
  if (node.format !== undefined) return FORMATS[node.format] ?? `a valid ${node.format}`
  if (node.pattern !== undefined) return `text that matches ${node.pattern}`
  const types = typeof node.type === 'string' ? [node.type] : (node.type ?? [])
  return types.map((type) => TYPES[type] ?? type).join(' or ') || 'different'
}

function constants(alternatives: readonly SchemaNode[]): readonly unknown[] | undefined {
  return alternatives.every((node) => 'const' in node) ? alternatives.map((node) => node.const) : undefined
}

/** `/DTOs/3/name` as `DTOs[3].name`. */
function fieldPath(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : joinPath(path, part)), '')
}

function joinPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text)
}
