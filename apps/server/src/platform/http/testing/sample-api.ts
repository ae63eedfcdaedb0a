import { type Static, Type } from 'typebox'
import { defineErrors } from '../../../kernel/errors.ts'
import { defineRoute, notModified, type Route } from '../route.ts'

export const TEAM_ID = '0190a6f0-0000-7000-8000-000000000001'

export const sampleErrors = defineErrors('sample', {
  taken: { kind: 'conflict', message: (name: string) => `"${name}" is taken.` },
  busy: { kind: 'limited', message: () => 'Too often.', retryAfterS: () => 30 },
  forbidden: { kind: 'forbidden', message: () => 'Not yours.' },
  down: { kind: 'unavailable', message: () => 'The database cannot be reached.' },
  refused: { kind: 'unauthenticated', message: () => 'Sign in first.' },
})

const team = Type.Object(
  {
    id: Type.Optional(Type.String({ format: 'uuid' })),
    name: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
    size: Type.Optional(Type.Integer()),
  },
  { xml: { name: 'team' }, xsiType: 'teamDTO' },
)

const teamInput = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 10 }),
    description: Type.Optional(Type.String()),
    size: Type.Optional(Type.Integer({ minimum: 0 })),
    isOpen: Type.Optional(Type.Boolean()),
    permissions: Type.Optional(
      Type.Array(Type.Object({ permissionType: Type.Union([Type.Literal('READ'), Type.Literal('NONE')]) })),
    ),
  },
  { xml: { name: 'team' } },
)

const page = Type.Object(
  { pageNumber: Type.Integer(), totalResults: Type.Integer(), DTOs: Type.Array(team) },
  { xml: { name: 'pagedresultlist' } },
)

const ids = Type.Object(
  { ids: Type.Array(Type.String({ format: 'uuid' }), { xmlItemAliases: ['id'] }) },
  { xml: { name: 'ids' }, xmlAliases: ['idlist'] },
)

const task = Type.String({ xml: { name: 'task' } })
const params = Type.Object({ id: Type.String({ format: 'uuid' }) })
const shared = { dialect: 'teams', access: 'signed-in', permission: 'anyone', formats: 'json+xml' } as const

const listTeams = defineRoute({
  ...shared,
  method: 'GET',
  url: '/api/teams',
  name: 'listTeams',
  summary: 'Lists teams',
  query: Type.Object({
    pageSize: Type.Integer({ minimum: 1, maximum: 1000, default: 20 }),
    sortAscending: Type.Boolean({ default: true }),
    fieldList: Type.Optional(Type.Array(Type.String(), { commaSeparated: true })),
    searchValueList: Type.Optional(Type.Array(Type.String())),
  }),
  answers: { 200: { description: 'A page', schema: page } },
  handle: async ({ query }) => {
    const seen = { id: TEAM_ID, name: 'a & b', description: JSON.stringify(query), size: null, secret: 'x' }
    return { status: 200, body: { pageNumber: 1, totalResults: 1, DTOs: [seen, { name: 'only' }] } }
  },
})

const createTeam = defineRoute({
  ...shared,
  method: 'POST',
  url: '/api/teams',
  name: 'createTeam',
  summary: 'Creates a team',
  body: teamInput,
  answers: { 202: { description: 'The task', schema: task } },
  errors: ['sample.taken'],
  handle: async ({ body }) => {
    if (body.name === 'taken') throw sampleErrors.taken(body.name)
    return { status: 202, headers: { location: '/api/task/7', 'x-entity-id': TEAM_ID }, body: JSON.stringify(body) }
  },
})

const getTeam = defineRoute({
  ...shared,
  method: 'GET',
  url: '/api/teams/{id}',
  name: 'getTeam',
  summary: 'Gets a team',
  params,
  answers: { 200: { description: 'The team', schema: team } },
  handle: async ({ params, caller, holds }) => {
    if (holds('r7')) return notModified('r7')
    return { status: 200, entityTag: 'r7', body: { id: params.id, name: caller.username, size: caller.organisation } }
  },
})

const addMembers = defineRoute({
  ...shared,
  method: 'POST',
  url: '/api/teams/{id}/members',
  name: 'addMembers',
  summary: 'Adds members',
  params,
  body: ids,
  bodyLimit: 2000,
  answers: { 202: { description: 'The task', schema: task } },
  handle: async ({ body }) => ({ status: 202, body: body.ids.join(' ') }),
})

const login = defineRoute({
  method: 'POST',
  url: '/v1/admin/login/',
  dialect: 'admin',
  access: 'public',
  permission: 'anyone',
  formats: 'json',
  name: 'login',
  summary: 'Signs in',
  body: Type.Object({ email: Type.Optional(Type.String()) }),
  bodyOptional: true,
  answers: { 200: { description: 'In', schema: Type.Object({ email: Type.String() }) } },
  handle: async ({ body, cookies, source }) => ({
    status: 200,
    headers: { 'set-cookie': ['session=1; HttpOnly', 'theme=dark'] },
    body: { email: body.email ?? `${cookies['session']} from ${source}` },
  }),
})

const getAuthz = defineRoute({
  ...shared,
  formats: 'text',
  textType: 'text/plain',
  method: 'GET',
  url: '/api/authz',
  name: 'getAuthz',
  summary: 'The generated file',
  answers: { 200: { description: 'The file', schema: Type.String() } },
  handle: async () => ({ status: 200, entityTag: 'f1', body: '[/]\n* = r\n' }),
})

const failures = {
  taken: () => sampleErrors.taken('x'),
  busy: () => sampleErrors.busy(),
  forbidden: () => sampleErrors.forbidden(),
  down: () => sampleErrors.down(),
  bug: () => new Error('connection string postgres://u:hunter2@db', { cause: new Error('deep') }),
} satisfies Record<string, () => Error>

const failQuery = Type.Object({ how: Type.Enum(Object.keys(failures) as (keyof typeof failures)[]) })

const fail = defineRoute({
  ...shared,
  method: 'GET',
  url: '/api/fail',
  name: 'fail',
  summary: 'Fails',
  query: failQuery,
  answers: { 200: { description: 'Never', schema: null } },
  handle: async ({ query }: { query: Static<typeof failQuery> }) => {
    throw failures[query.how]()
  },
})

const empty = defineRoute({
  ...shared,
  method: 'DELETE',
  url: '/api/empty',
  name: 'empty',
  summary: 'Answers without a body',
  answers: { 200: { description: 'Done', schema: null } },
  handle: async () => ({ status: 200 }),
})

const link = Type.Object(
  { rel: Type.Literal('client', { xml: { attribute: true } }), href: Type.String({ xml: { attribute: true } }) },
  { xml: { name: 'link' } },
)

const follow = defineRoute({
  ...shared,
  dialect: 'permitted-clients',
  formats: 'huddle',
  method: 'POST',
  url: '/people/links',
  name: 'follow',
  summary: 'Answers with the link it is sent',
  body: link,
  answers: { 200: { description: 'The link', schema: link } },
  handle: async ({ body }) => ({ status: 200, body }),
})

/** One of each kind of route, to show what a declaration gives. */
export const sampleRoutes: readonly Route[] = [
  listTeams,
  createTeam,
  getTeam,
  addMembers,
  login,
  getAuthz,
  fail,
  empty,
  follow,
]
