import type {
  AccessCheckBody,
  AccessDecisionDto,
  AccessLinkDto,
  AccessWhatDto,
  AccessWhatPage,
  AccessWhatQuery,
  AccessWhoDto,
  AccessWhoPage,
  AccessWhoQuery,
} from '@portreeve/contract'
import type { Static } from 'typebox'
import type { HttpCall, HttpCore } from './http-core.ts'
import type { Page, PageRequest } from './page.ts'

type Body = Static<typeof AccessCheckBody>

/** Who wants to do what where, and by way of which app and connector. */
export type AccessCheck = Omit<Body, 'checks' | 'state' | 'atLeastRevision' | 'explain'>
/** Which model to ask, and whether to tell the reasons. */
export type AccessCheckOptions = Pick<Body, 'state' | 'atLeastRevision' | 'explain'>
/** One condition of a decision. */
export type AccessLink = Static<typeof AccessLinkDto>

export interface AccessDecision {
  readonly allowed: boolean
  /** Up to the first link that refuses; empty where no reasons were asked for. */
  readonly chain: readonly AccessLink[]
  /** Of the model that was asked. */
  readonly revision: number
}

export type Reaching = Static<typeof AccessWhoDto>
export type Reached = Static<typeof AccessWhatDto>
export type WhoOptions = Omit<Static<typeof AccessWhoQuery>, 'pageNumber'>
export type WhatOptions = Omit<Static<typeof AccessWhatQuery>, 'pageNumber'>

/** Where, and what is to be done there. */
export type WhoQuestion = Omit<WhoOptions, 'pageSize'>
/** Who; the caller where nobody is named. */
export type WhatQuestion = Omit<WhatOptions, 'pageSize'>

/** A page of those who reach something. */
export interface WhoPage extends Page<Reaching> {
  /** Whether whoever does not sign in reaches it, too. */
  readonly anonymous: boolean
  /** Of the model that was asked. */
  readonly revision: number
}

/** A page of what somebody reaches. */
export interface WhatPage extends Page<Reached> {
  /** Of the model that was asked. */
  readonly revision: number
}

interface Listed<Entry> {
  readonly totalPages: number
  readonly DTOs: readonly Entry[]
}

const WHO = '/api/access/who'
const WHAT = '/api/access/what'

const LARGEST_PAGE = 1000
const MOST_CHECKS = 1000

/** Who may do what, and why. */
export class Access {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  async check(check: AccessCheck, options: AccessCheckOptions = {}): Promise<AccessDecision> {
    const { allowed = false, chain = [], revision } = await this.#ask({ ...check, ...options })
    return { allowed, chain, revision }
  }

  /** Decides many, in their order: as many requests as it takes, of 1,000 checks each. */
  async checkAll(checks: readonly AccessCheck[], options: AccessCheckOptions = {}): Promise<AccessDecision[]> {
    const decisions: AccessDecision[] = []
    for (let start = 0; start < checks.length; start += MOST_CHECKS) {
      const some = checks.slice(start, start + MOST_CHECKS)
      const { results = [], revision } = await this.#ask({ checks: some, ...options })
      for (const { allowed, chain = [] } of results) decisions.push({ allowed, chain, revision })
    }
    return decisions
  }

  /** Who reaches a path or a data source, by username. */
  who(options: WhoOptions): AsyncGenerator<Reaching, void> {
    return this.#list(WHO, options)
  }

  /** What a user reaches, by repository and path; what the caller reaches where none is named. */
  what(options: WhatOptions = {}): AsyncGenerator<Reached, void> {
    return this.#list(WHAT, options)
  }

  /** A page of the same, for a table. */
  async pageWho(question: WhoQuestion, request: PageRequest): Promise<WhoPage> {
    const { DTOs, totalResults, anonymous, revision } = await this.#page<Static<typeof AccessWhoPage>>(
      WHO,
      question,
      request,
    )
    return { items: DTOs, total: totalResults, anonymous, revision }
  }

  /** A page of the same, for a table. */
  async pageWhat(question: WhatQuestion, request: PageRequest): Promise<WhatPage> {
    const { DTOs, totalResults, revision } = await this.#page<Static<typeof AccessWhatPage>>(WHAT, question, request)
    return { items: DTOs, total: totalResults, revision }
  }

  /** Everybody who reaches it, as CSV that arrives while it is written. */
  whoAsCsv(question: WhoQuestion): Promise<Response> {
    return this.#csv(WHO, question)
  }

  /** All that is reached, as CSV that arrives while it is written. */
  whatAsCsv(question: WhatQuestion): Promise<Response> {
    return this.#csv(WHAT, question)
  }

  #page<Answer>(path: string, question: object, { page, pageSize, signal }: PageRequest): Promise<Answer> {
    const query = queryOf({ ...question, pageNumber: page, pageSize })
    return this.#http.json({ method: 'GET', path, query, ...(signal && { signal }) })
  }

  #csv(path: string, question: object): Promise<Response> {
    return this.#http.request({ method: 'GET', path, query: queryOf(question), headers: { accept: 'text/csv' } })
  }

  #ask(body: Body): Promise<Static<typeof AccessDecisionDto>> {
    return this.#http.json({ method: 'POST', path: '/api/access/check', body })
  }

  async *#list<Entry>(path: string, options: WhoOptions | WhatOptions): AsyncGenerator<Entry, void> {
    const query = queryOf({ pageSize: LARGEST_PAGE, ...options })
    for (let pageNumber = 1, totalPages = 1; pageNumber <= totalPages; pageNumber++) {
      const page = await this.#http.json<Listed<Entry>>({
        method: 'GET',
        path,
        query: { ...query, pageNumber: String(pageNumber) },
      })
      totalPages = page.totalPages
      yield* page.DTOs
    }
  }
}

function queryOf(options: object): NonNullable<HttpCall['query']> {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, value?.toString()]))
}
