import { type TSchema, Type } from 'typebox'
import { assertContentType, compileBodyReader } from '../media/body-reader.ts'
import { HUDDLE_OFFERS } from '../media/huddle-types.ts'
import { type SchemaNode, schemaNode } from '../media/schema-shape.ts'
import { problemRendering } from '../problems/problem-rendering.ts'
import { requestErrors } from '../problems/request-errors.ts'
import type { Route } from '../route.ts'
import { closeObjects } from '../validation/close-objects.ts'
import { type RawQuery, readQueryValues } from '../validation/query-values.ts'
import { findUnstorableText } from '../validation/unstorable-text.ts'
import { makeValidator } from '../validation/validator.ts'

/** A request as it came. */
export interface RawInput {
  readonly params: RawQuery
  readonly query: RawQuery
  readonly contentType: string | undefined
  readonly body: Uint8Array | undefined
}

export interface Input {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

interface Checked {
  readonly value: unknown
  readonly problems: readonly string[]
}

/** Which organisation a signed-in request acts on, when not the caller's own. */
const organisationParameter = Type.Integer({
  minimum: 1,
  maximum: 999_999_999,
  description: 'The organisation to act on, for superadmins; otherwise the caller’s own.',
})

/**
 * Makes the function that reads and validates all of a request for a route.
 *
 * The function throws AppError `request.not_found` for path parameters that cannot name anything, `request.invalid` with all
 * problems of query and body together, and what body-reader throws.
 */
export function compileInputReader(route: Route): (raw: RawInput) => Input {
  const readParams = compileParams(route)
  const readQuery = compileQuery(route)
  const readBody = compileBody(route)
  return (raw) => {
    const params = readParams(raw.params)
    const query = readQuery(raw.query)
    const body = readBody(raw)
    const problems = [...query.problems, ...body.problems]
    if (problems.length > 0) throw requestErrors.invalid(problems)
    return { params, query: query.value, body: body.value }
  }
}

function compileParams({ params, url }: Route): (raw: RawQuery) => unknown {
  const node: SchemaNode = params ? schemaNode(params) : {}
  const names = Object.keys(node.properties ?? {})
  const placeholders = [...url.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  if (names.toSorted().join() !== placeholders.toSorted().join() || url.includes(':')) {
    throw new Error(
      `The URL ${url} must have a placeholder, such as {id}, for each of: ${names.join(', ') || 'nothing'}.`,
    )
  }
  const checks = Object.entries(node.properties ?? {}).map(([name, property]) => ({
    name,
    validate: makeValidator(property as TSchema, { whole: name, member: 'field' }),
  }))
  return (raw) => {
    const values = readQueryValues(raw, node)
    for (const { name, validate } of checks) {
      const isNone = validate(values[name]).length > 0 || findUnstorableText(values[name]).length > 0
      if (isNone) throw requestErrors.not_found(name, JSON.stringify(raw[name] ?? ''))
    }
    return values
  }
}

function compileQuery(route: Route): (raw: RawQuery) => Checked {
  const schema = acceptedQuery(route)
  const node = schemaNode(schema)
  const validate = makeValidator(schema, { whole: 'the query', member: 'query parameter' })
  const ownsOrganisation = route.query !== undefined && 'organisation' in (schemaNode(route.query).properties ?? {})
  return (raw) => {
    const values = readQueryValues(raw, node)
    const problems = [...validate(values), ...findUnstorableText(values)]
    const { organisation, ...own } = values
    return { value: ownsOrganisation ? values : own, problems }
  }
}

/** The route's own parameters and those that every signed-in route takes, and no others. */
export function acceptedQuery(route: Route): TSchema {
  const own: SchemaNode = route.query ? schemaNode(route.query) : { type: 'object', properties: {} }
  const shared = route.access === 'signed-in' ? { organisation: organisationParameter } : {}
  return { ...own, properties: { ...shared, ...own.properties }, additionalProperties: false }
}

function compileBody(route: Route): (raw: RawInput) => Checked {
  const schema = route.body
  if (!schema) return () => ({ value: undefined, problems: [] })
  const read = compileBodyReader(schema)
  const missing = problemRendering(route.dialect)?.missingField
  const validate = makeValidator(closeObjects(schema), { whole: 'the body', member: 'field', missing })
  const expected = describeBody(schemaNode(schema))
  return ({ body, contentType }) => {
    const isAbsent = body === undefined || body.length === 0
    if (isAbsent && !route.bodyOptional) throw requestErrors.body_required(expected)
    if (!isAbsent && route.formats === 'huddle') assertContentType(contentType, HUDDLE_OFFERS)
    const value = isAbsent ? {} : read(body, contentType)
    return { value, problems: [...validate(value), ...findUnstorableText(value)] }
  }
}

function describeBody(node: SchemaNode): string {
  const fields = Object.keys(node.properties ?? {}).join(', ')
  const json = fields ? `a JSON object with ${fields}` : 'JSON'
  return node.xml ? `${json}, or the same as XML in <${node.xml.name}>` : json
}
