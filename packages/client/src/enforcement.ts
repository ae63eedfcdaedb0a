import type { EnforcementDto, WaitingChangeDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import type { Change, HttpCore } from './http-core.ts'
import { type ListOptions, listAll } from './list-all.ts'
import { getPage, type Page, type PageRequest } from './page.ts'

export type EnforcementStatus = Static<typeof EnforcementDto>
export type WaitingChange = Static<typeof WaitingChangeDto>

/** What of the model Subversion obeys, and what waits. */
export class Enforcement {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  getStatus(): Promise<EnforcementStatus> {
    return this.#http.json({ method: 'GET', path: '/api/enforcement' })
  }

  /** Changes that are not enforced yet. */
  listChanges(options?: Omit<ListOptions, 'queryEnforced'>): AsyncGenerator<WaitingChange, void> {
    return listAll(this.#http, '/api/enforcement/changes', options)
  }

  pageOfChanges(request: PageRequest): Promise<Page<WaitingChange>> {
    return getPage(this.#http, '/api/enforcement/changes', request)
  }

  /** Enforces what waits: all of it, or up to a revision. Files are made soon after this resolves. */
  apply(upTo: { readonly revision?: number } = {}): Promise<EnforcementStatus> {
    return this.#http.json({ method: 'POST', path: '/api/enforcement/apply', body: upTo })
  }

  /** Proposes that teams and rules be as they were at the revision. */
  revert(revision: number): Promise<Change> {
    return this.#http.change({ method: 'POST', path: '/api/enforcement/revert', body: { revision } })
  }
}
