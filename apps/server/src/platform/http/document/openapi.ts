import type { TSchema } from 'typebox'
import { type ErrorKind, listErrorCodes } from '../../../kernel/errors.ts'
import { versionErrors } from '../../../kernel/version.ts'
import { HUDDLE_OFFERS } from '../media/huddle-types.ts'
import { type SchemaNode, schemaNode } from '../media/schema-shape.ts'
import { acceptedQuery } from '../operations/input-reader.ts'
import { statusOf } from '../problems/problem.ts'
import { problemRendering } from '../problems/problem-rendering.ts'
import type { Dialect, Route } from '../route.ts'

type Json = Readonly<Record<string, unknown>>

export interface ApiDocumentOptions {
  readonly routes: readonly Route[]
  readonly baseUrl: string
  readonly version: string
}

const DIALECT_NAMES: Record<Dialect, string> = {
  teams: 'Teams (Access Control Plus)',
  admin: 'Administration (Teamwire)',
  'data-sources': 'Data sources (ER/Studio Team Server)',
  'permitted-clients': 'Permitted clients (Huddle)',
}

/**
 * The OpenAPI 3.1 document of the routes.
 *
 * @throws Error when a route names an error code that nothing declares
 */
export function buildApiDocument({ routes, baseUrl, version }: ApiDocumentOptions): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const route of routes) {
    const path = paths[route.url] ?? {}
    path[route.method.toLowerCase()] = describeOperation(route)
    paths[route.url] = path
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Portreeve', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: baseUrl }],
    paths,
    components: { schemas: problemSchemas(), securitySchemes: SECURITY_SCHEMES },
  }
}

const SECURITY_SCHEMES = {
  session: { type: 'apiKey', in: 'cookie', name: 'portreeve_session', description: 'From POST /v1/admin/login/.' },
  token: { type: 'http', scheme: 'bearer', description: 'A personal access token.' },
  basic: { type: 'http', scheme: 'basic', description: 'A username, and a personal access token as its password.' },
} as const

function problemSchemas(): Json {
  const dialects = Object.keys(DIALECT_NAMES) as Dialect[]
  const schemas = dialects.map((dialect) => [problemName(dialect), problemRendering(dialect)?.schema] as const)
  return Object.fromEntries(schemas.filter(([, schema]) => schema !== undefined))
}

function problemName(dialect: Dialect): string {
  return `${dialect}Problem`
}

function describeOperation(route: Route): Json {
  return {
    operationId: route.name,
    summary: route.summary,
    description: `Who may: ${route.permission}`,
    tags: [DIALECT_NAMES[route.dialect]],
    security: route.access === 'public' ? [] : Object.keys(SECURITY_SCHEMES).map((name) => ({ [name]: [] })),
    parameters: [
      ...describeParameters(route.params ? schemaNode(route.params) : {}, 'path'),
      ...describeParameters(schemaNode(acceptedQuery(route)), 'query'),
      ...(isConditional(route) ? [IF_MATCH] : []),
    ],
    ...(route.body && { requestBody: describeBody(route, route.body) }),
    responses: { ...describeAnswers(route), ...describeErrors(route) },
  }
}

function isConditional({ versioned, method }: Route): boolean {
  return versioned === true && method !== 'GET'
}

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The ETag that it was read with, or several: the change is refused if it has another version by now.',
  schema: { type: 'string' },
} as const

const ETAG = {
  description: 'The version of what is answered, for If-Match and If-None-Match.',
  schema: { type: 'string' },
} as const

function describeParameters(schema: SchemaNode, place: 'path' | 'query'): readonly Json[] {
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (schema.required ?? []).includes(name),
    ...(property.description !== undefined && { description: property.description }),
    ...(property.commaSeparated && { style: 'form', explode: false }),
    schema: property,
  }))
}

function describeBody(route: Route, schema: TSchema): Json {
  const { xml, plainText } = schemaNode(schema)
  const both = route.formats === 'huddle' ? HUDDLE_OFFERS : ['application/json', 'application/xml']
  const content = contentOf(xml ? both : ['application/json'], schema)
  const plain = plainText === undefined ? {} : { 'text/plain': { schema: { type: 'string' } } }
  return { required: !route.bodyOptional, content: { ...content, ...plain } }
}

function describeAnswers(route: Route): Json {
  const types = {
    text: [route.textType ?? 'text/plain'],
    json: ['application/json'],
    'json+xml': ['application/json', 'application/xml'],
    huddle: HUDDLE_OFFERS,
  }[route.formats]
  const streams = Object.fromEntries((route.streams ?? []).map((type) => [type, { schema: { type: 'string' } }]))
  const answers = Object.entries(route.answers).map(([status, { description, schema }]) => [
    status,
    {
      description,
      ...(route.versioned && route.method === 'GET' && { headers: { ETag: ETAG } }),
      ...(schema && { content: { ...contentOf(types, schema), ...streams } }),
    },
  ])
  return Object.fromEntries(answers)
}

function contentOf(types: readonly string[], schema: TSchema): Json {
  return Object.fromEntries(types.map((type) => [type, { schema }]))
}

/** Failures by status: those that the route declares, and those that its shape brings along. */
function describeErrors(route: Route): Json {
  const codes = Map.groupBy([...(route.errors ?? []), ...codesOfShape(route)], (code) => statusOf(kindOf(code, route)))
  const responses = [...codes].map(([status, group]) => [
    status,
    describeProblem(route, [...new Set(group)].join(', ')),
  ])
  const signedIn = { 401: describeProblem(route, 'Nobody is signed in.'), 403: describeProblem(route, 'May not.') }
  return { ...(route.access === 'signed-in' && signedIn), ...Object.fromEntries(responses) }
}

function codesOfShape(route: Route): readonly string[] {
  return [
    'request.invalid',
    'request.not_acceptable',
    'server.draining',
    ...(route.access === 'signed-in' ? ['request.too_many'] : []),
    ...(route.params ? ['request.not_found'] : []),
    ...(isConditional(route) ? [versionErrors.changed_meanwhile().code] : []),
    ...(route.body ? ['request.malformed_body', 'request.too_large', 'request.unsupported'] : []),
    ...(route.body && !route.bodyOptional ? ['request.body_required'] : []),
  ]
}

function kindOf(code: string, route: Route): ErrorKind {
  const kind = listErrorCodes().get(code)
  if (!kind) throw new Error(`The route ${route.name} names the error code ${code}, which nothing declares.`)
  return kind
}

function describeProblem(route: Route, description: string): Json {
  const rendering = problemRendering(route.dialect)
  if (!rendering) return { description }
  const types = rendering.xml ? ['application/json', 'application/xml'] : ['application/json']
  const schema = { $ref: `#/components/schemas/${problemName(route.dialect)}` }
  return { description, content: contentOf(types, schema) }
}
