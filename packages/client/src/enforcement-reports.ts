import type { AccessChangeDto, DifferencesDto, DifferencesQuery, ModelWarningDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import type { HttpCore } from './http-core.ts'
import { type ListOptions, listAll } from './list-all.ts'

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

  /** Paths that users have access to and cannot browse to. */
  warnings(options?: ListOptions): AsyncGenerator<ModelWarning, void> {
    return listAll(this.#http, '/api/enforcement/warnings', options)
  }
}

const LARGEST_PAGE = 1000
