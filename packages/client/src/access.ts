import type {
  AccessCheckBody,
  AccessDecisionDto,
  AccessLinkDto,
  AccessWhatDto,
  AccessWhatQuery,
  AccessWhoDto,
  AccessWhoQuery,
} from '@portreeve/contract'
import type { Static } from 'typebox'
import type { HttpCore } from './http-core.ts'

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

interface Page<Entry> {
  readonly totalPages: number
  readonly DTOs: readonly Entry[]
}

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
    return this.#list('/api/access/who', options)
  }

  /** What a user reaches, by repository and path; what the caller reaches where none is named. */
  what(options: WhatOptions = {}): AsyncGenerator<Reached, void> {
    return this.#list('/api/access/what', options)
  }

  #ask(body: Body): Promise<Static<typeof AccessDecisionDto>> {
    return this.#http.json({ method: 'POST', path: '/api/access/check', body })
  }

  async *#list<Entry>(path: string, options: WhoOptions | WhatOptions): AsyncGenerator<Entry, void> {
    const given = Object.entries({ pageSize: LARGEST_PAGE, ...options })
    const query = Object.fromEntries(given.map(([name, value]) => [name, value?.toString()]))
    for (let pageNumber = 1, totalPages = 1; pageNumber <= totalPages; pageNumber++) {
      const page = await this.#http.json<Page<Entry>>({
        method: 'GET',
        path,
        query: { ...query, pageNumber: String(pageNumber) },
      })
      totalPages = page.totalPages
      yield* page.DTOs
    }
  }
}
