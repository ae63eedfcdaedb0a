import { DifferencesDto, DifferencesQuery, MAX_PAGE_SIZE, ModelWarningDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import { requireFlag } from '../../../kernel/access.ts'
import type { ModelPosition, ModelView } from '../../../kernel/model-state.ts'
import type { Principal } from '../../../kernel/principal.ts'
import type { ModelRoutes } from '../../../platform/http/model-routes.ts'
import { defineRoute, notModified, type Route } from '../../../platform/http/route.ts'
import { pageOfEntries } from './page-of-entries.ts'
import { accessChanges, type Differences } from './report-differences.ts'
import { reportErrors } from './report-errors.ts'
import type { ReportStore, Span } from './report-store.ts'
import type { ModelWarning } from './report-warnings.ts'

export interface ReportRoutesDeps {
  readonly model: Pick<ModelRoutes<never, never>, 'list'>
  readonly store: Pick<ReportStore, 'hasUser' | 'hasRepository'>
  /** May remember what it answers under `version`, which names all that it depends on. */
  differences(span: Span, version: string): Promise<Differences>
  warnings(view: ModelView): Promise<readonly ModelWarning[]>
}

const PERMISSION = 'allow_modify_teams or allow_view_users'
const DEFAULT_PAGE_SIZE = 20
const NAMES_SHOWN = 100
const WARNING_KEYS = ['repositoryName', 'path', 'blockedAt', 'audience'] as const

/** Operations that tell what a model means for its users. */
export function reportRoutes(deps: ReportRoutesDeps): Route[] {
  return [differencesRoute(deps), warningsRoute(deps)]
}

function differencesRoute(deps: ReportRoutesDeps): Route {
  return defineRoute({
    name: 'getEnforcementDiff',
    method: 'GET',
    url: '/api/enforcement/diff',
    dialect: 'teams',
    summary: 'Tell which rules differ between two revisions, and who gains or loses what, where',
    access: 'signed-in',
    permission: PERMISSION,
    formats: 'json+xml',
    query: DifferencesQuery,
    answers: { 200: { description: 'What distinguishes them.', schema: DifferencesDto } },
    errors: ['report.beyond_head', 'report.unknown_repository', 'report.unknown_user'],
    handle: async ({ caller, query, position, holds }) => {
      assertMayView(caller)
      const span = { organisation: caller.organisation, ...readSpan(query, position) }
      const version = `${position.lineage}.${position.head}.${span.from}-${span.to}`
      await assertKnown(deps.store, caller.organisation, query)
      if (holds(version)) return notModified(version)
      const body = pageOfDifferences(await deps.differences(span, version), span, query)
      return { status: 200, entityTag: version, body }
    },
  })
}

function warningsRoute({ model, warnings }: ReportRoutesDeps): Route {
  return model.list({
    name: 'listModelWarnings',
    url: '/api/enforcement/warnings',
    summary: 'List what is allowed and probably not meant: paths that users have access to and cannot browse to',
    permission: PERMISSION,
    may: assertMayView,
    entry: ModelWarningDto,
    keys: WARNING_KEYS,
    page: async ({ view, request }) => {
      const { items, total } = pageOfEntries(await warnings(view), request, (warning, key) =>
        String(warning[key as (typeof WARNING_KEYS)[number]]),
      )
      return { total, items: items.map(withFirstNames) }
    },
  })
}

function assertMayView(caller: Principal): void {
  requireFlag(caller, 'allow_modify_teams', 'allow_view_users')
}

type Query = Static<typeof DifferencesQuery>

function readSpan(query: Query, { head, enforced }: ModelPosition): Pick<Span, 'from' | 'to'> {
  const { from = enforced, to = head } = query
  if (from > head) throw reportErrors.beyond_head('from', from, head)
  if (to > head) throw reportErrors.beyond_head('to', to, head)
  return { from, to }
}

async function assertKnown(store: ReportRoutesDeps['store'], organisation: number, query: Query): Promise<void> {
  const { repositoryName, username } = query
  if (repositoryName !== undefined && !(await store.hasRepository(organisation, repositoryName))) {
    throw reportErrors.unknown_repository(repositoryName)
  }
  if (username !== undefined && !(await store.hasUser(organisation, username))) {
    throw reportErrors.unknown_user(username)
  }
}

function pageOfDifferences(differences: Differences, { from, to }: Span, query: Query): Static<typeof DifferencesDto> {
  const { pageNumber = 1, pageSize = DEFAULT_PAGE_SIZE } = query
  const access = accessChanges(differences, query)
  const start = (pageNumber - 1) * pageSize
  return {
    fromRevision: from,
    toRevision: to,
    totalRules: differences.rules.length,
    rules: differences.rules.slice(0, MAX_PAGE_SIZE).map((rule) => ({ ...rule, fields: [...rule.fields] })),
    pageNumber,
    pageSize,
    totalResults: access.length,
    totalPages: Math.ceil(access.length / pageSize),
    access: access.slice(start, start + pageSize).map(withFirstNames),
  }
}

function withFirstNames<T extends { readonly usernames: readonly string[] }>(entry: T) {
  return { ...entry, users: entry.usernames.length, usernames: entry.usernames.slice(0, NAMES_SHOWN) }
}
