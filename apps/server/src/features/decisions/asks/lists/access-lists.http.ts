import { Readable } from 'node:stream'
import { AccessWhatPage, AccessWhatQuery, AccessWhoPage, AccessWhoQuery } from '@portreeve/contract'
import type { TSchema } from 'typebox'
import { csvLine } from '../../../../platform/http/media/csv-writer.ts'
import { type Answer, defineRoute, type Route } from '../../../../platform/http/route.ts'
import { readNeeds, readTarget } from '../ask.ts'
import { askContext } from '../ask-context.http.ts'
import type { AskDeps } from '../ask-deps.ts'
import { askErrors } from '../ask-errors.ts'
import type { Entries } from './entries.ts'
import { listWhat, type Reached, type WhatInput } from './list-what.ts'
import { listWho, type Reaching } from './list-who.ts'
import type { Reason } from './reason.ts'

const CSV = 'text/csv'
const DEFAULT_PAGE_SIZE = 20
/** How many lines are written before other requests are served. */
const LINES_AT_ONCE = 500

const REASON_COLUMNS = [
  'because',
  'audience',
  'decidedAt',
  'ruleId',
  'ruleName',
  'teamId',
  'teamName',
  'permissionId',
] as const satisfies readonly (keyof Reason)[]
const WHO_COLUMNS = ['userId', 'username', 'permission', ...REASON_COLUMNS] as const
const WHAT_COLUMNS = ['repositoryName', 'dataSource', 'path', 'permission', ...REASON_COLUMNS] as const

const COMMON = {
  method: 'GET',
  dialect: 'teams',
  access: 'signed-in',
  formats: 'json+xml',
  streams: [CSV],
} as const

/** Who reaches a path; as CSV, all of them. */
export function whoRoute(deps: AskDeps): Route {
  return defineRoute<TSchema, typeof AccessWhoQuery, TSchema>({
    ...COMMON,
    url: '/api/access/who',
    name: 'listWhoReaches',
    summary: 'List who may do something at a path or with a data source, and why; as CSV, all of them',
    permission: 'allow_view_users or allow_modify_teams, or who leads a team that has the path as a resource',
    query: AccessWhoQuery,
    answers: { 200: { description: 'Users by username, a page of them.', schema: AccessWhoPage } },
    errors: [
      'access_ask.one_target',
      'access_ask.data_source_by_name',
      'access_ask.whole_data_source',
      'access_ask.bad_path',
      'access_ask.unknown_repository',
      'access_ask.unknown_data_source',
      'access_ask.not_yours',
      'access_model.not_reached',
    ],
    handle: async (incoming) => {
      const { query, mediaType } = incoming
      const input = { target: readTarget(query, ''), needs: readNeeds(query.permission) }
      const who = await listWho(deps, { ...askContext(incoming, query), ...input })
      if (mediaType === CSV) return csvAnswer<Reaching>(deps, who, { name: 'who', columns: WHO_COLUMNS })
      const { revision, anonymous } = who
      return { status: 200, body: { revision, anonymous, ...pageOf(who, query) } }
    },
  })
}

/** What a user reaches; as CSV, all of it. */
export function whatRoute(deps: AskDeps): Route {
  return defineRoute<TSchema, typeof AccessWhatQuery, TSchema>({
    ...COMMON,
    url: '/api/access/what',
    name: 'listWhatIsReached',
    summary: 'List what a user may do, at every path where a rule speaks to them, and why; as CSV, all of it',
    permission:
      'everybody about themself; about others allow_view_users or allow_modify_teams, or leaders, of what their teams have as resources',
    query: AccessWhatQuery,
    answers: { 200: { description: 'Places by repository and path, a page of them.', schema: AccessWhatPage } },
    errors: [
      'access_ask.one_user',
      'access_ask.unknown_user',
      'access_ask.not_yours',
      'access_ask.pending_not_yours',
      'access_model.not_reached',
    ],
    handle: async (incoming) => {
      const { query, mediaType } = incoming
      const what = await listWhat(deps, { ...askContext(incoming, query), subject: readSubject(query) })
      if (mediaType === CSV) return csvAnswer<Reached>(deps, what, { name: 'what', columns: WHAT_COLUMNS })
      return { status: 200, body: { revision: what.revision, ...pageOf(what, query) } }
    },
  })
}

function readSubject({ user, username }: { readonly user?: string; readonly username?: string }): WhatInput['subject'] {
  if (user !== undefined && username !== undefined) throw askErrors.one_user()
  if (user !== undefined) return { id: user }
  return username === undefined ? undefined : { username }
}

interface PageAsked {
  readonly pageNumber?: number
  readonly pageSize?: number
}

function pageOf<Entry>(entries: Entries<Entry>, { pageNumber = 1, pageSize = DEFAULT_PAGE_SIZE }: PageAsked) {
  const { total } = entries
  const DTOs = entries.page(pageNumber, pageSize)
  return { pageNumber, pageSize, totalResults: total, totalPages: Math.ceil(total / pageSize), DTOs }
}

interface Table<Entry> {
  /** Of the file, without what its kind is called by. */
  readonly name: string
  readonly columns: readonly (keyof Entry & string)[]
}

type Cells<Entry> = { readonly [Field in keyof Entry]?: string | number | undefined }

function csvAnswer<Entry extends Cells<Entry>>(deps: AskDeps, entries: Entries<Entry>, table: Table<Entry>): Answer {
  return {
    status: 200,
    headers: { 'content-disposition': `attachment; filename="${table.name}.csv"` },
    body: Readable.from(csvLines(deps, entries, table)),
  }
}

async function* csvLines<Entry extends Cells<Entry>>(
  { breathe }: AskDeps,
  entries: Entries<Entry>,
  { columns }: Table<Entry>,
): AsyncGenerator<string, void> {
  yield csvLine(columns)
  for (const some of entries.all(LINES_AT_ONCE)) {
    yield some.map((entry) => csvLine(columns.map((column) => entry[column]))).join('')
    await breathe()
  }
}
