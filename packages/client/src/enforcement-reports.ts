import type { AccessChangeDto, DifferencesDto, DifferencesQuery, ModelWarningDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import type { HttpCore } from './http-core.ts'
import { type ListOptions, listAll } from './list-all.ts'
import { getPage, type Page, type PageRequest } from './page.ts'

export type Differences = Static<typeof DifferencesDto>
export type AccessChange = Static<typeof AccessChangeDto>
export type ModelWarning = Static<typeof ModelWarningDto>
type Query = Static<typeof DifferencesQuery>

/** Which revisions to compare, and which changes of access to answer. */
export type DifferencesOptions = Pick<Query, 'from' | 'to' | 'repositoryName' | 'username' | 'pageSize' | 'pageNumber'>

/** What a model means for its users. */
export class EnforcementReports {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  /** Which rules differ, and a page of who gains or loses what: from what is enforced to the newest revision by default. */
  differences(options: DifferencesOptions = {}): Promise<Differences> {
    const query = Object.fromEntries(Object.entries(options).map(([name, value]) => [name, value?.toString()]))
    return this.#http.json({ method: 'GET', path: '/api/enforcement/diff', query })
  }

  /** All changes of access, page after page. */
  async *accessChanges(options: Omit<DifferencesOptions, 'pageNumber'> = {}): AsyncGenerator<AccessChange, void> {
    for (let pageNumber = 1, totalPages = 1; pageNumber <= totalPages; pageNumber++) {
      const page = await this.differences({ pageSize: LARGEST_PAGE, ...options, pageNumber })
      totalPages = page.totalPages
      yield* page.access
    }
  }

  /** A page of who gains or loses what; it is searched by the whole name of a repository or a user. */
  async pageOfAccessChanges(
    span: Pick<DifferencesOptions, 'from' | 'to'>,
    { page, pageSize, search }: PageRequest,
  ): Promise<Page<AccessChange>> {
    const { access, totalResults } = await this.differences({ ...span, ...search, pageNumber: page, pageSize })
    return { items: access, total: totalResults }
  }

  pageOfWarnings(request: PageRequest): Promise<Page<ModelWarning>> {
    return getPage(this.#http, '/api/enforcement/warnings', request)
  }

  /** Paths that users have access to and cannot browse to. */
  warnings(options?: ListOptions): AsyncGenerator<ModelWarning, void> {
    return listAll(this.#http, '/api/enforcement/warnings', options)
  }
}

const LARGEST_PAGE = 1000
