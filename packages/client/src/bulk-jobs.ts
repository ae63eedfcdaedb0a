import type { BulkJobDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import { type HttpCore, path } from './http-core.ts'
import { listNumbered } from './list-numbered.ts'
import { getNumberedPage, type Page, type PageRequest } from './page.ts'

export type BulkJob = Static<typeof BulkJobDto>

/** What became of one item, or, in a dry run, would become of it. */
export interface BulkResult {
  /** Of a connector, or of an organisation; of a user, a number that only jobs know. */
  readonly item_id: number
  /** Of a user: their id. */
  readonly entity_id?: string
  /** Of a user: their username. */
  readonly entity_name?: string
  readonly outcome: 'changed' | 'unchanged' | 'deleted' | 'failed'
  /** Why it failed: an error code. */
  readonly error?: string
  readonly message?: string
}

const LONGEST_WAIT_S = '60'

/** Long work over many things: how far it is, and what became of each. */
export class BulkJobs {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  get(id: string): Promise<BulkJob> {
    return this.#http.json({ method: 'GET', path: jobPath(id) })
  }

  /** The job when it has ended, well or not. */
  async waitUntilEnded(id: string): Promise<BulkJob> {
    for (;;) {
      const job = await this.#http.json<BulkJob>({ method: 'GET', path: jobPath(id), query: { wait: LONGEST_WAIT_S } })
      if (job.status !== 'InProgress') return job
    }
  }

  /** What became of each item so far, in the order of their ids. */
  listResults(id: string, only: { readonly outcome?: BulkResult['outcome'] } = {}): AsyncGenerator<BulkResult, void> {
    return listNumbered(this.#http, { path: `${jobPath(id)}results/`, member: 'results', query: { ...only } })
  }

  /** A page of the same, for a table. */
  pageOfResults(id: string, request: PageRequest): Promise<Page<BulkResult>> {
    return getNumberedPage(this.#http, { path: `${jobPath(id)}results/`, member: 'results' }, request)
  }

  /** The newest first; with the filter `failing`, those alone that could not go on or failed in part, and were not retried. */
  page(request: Pick<PageRequest, 'page' | 'pageSize' | 'filter' | 'signal'>): Promise<Page<BulkJob>> {
    return getNumberedPage(this.#http, { path: '/v1/admin/bulk/', member: 'jobs' }, request)
  }

  /** Does again what failed in a job that has ended, as a new one. */
  retry(id: string): Promise<BulkJob> {
    return this.#http.json({ method: 'POST', path: `${jobPath(id)}retry/` })
  }
}

function jobPath(id: string): string {
  return path`/v1/admin/bulk/${id}/`
}
