import type {
  AuditPage,
  AuditQuery,
  AuditRecordDto,
  AuditVerificationBody,
  AuditVerificationDto,
} from '@portreeve/contract'
import type { Static } from 'typebox'
import type { HttpCore } from './http-core.ts'

type Line = Static<typeof AuditVerificationDto>

/** A line that the server wrote about the head of the audit's chain. */
export type Anchor = NonNullable<Static<typeof AuditVerificationBody>['anchors']>[number]

export interface AuditProgress {
  readonly checked: number
  readonly of: number
}

export type AuditBreak = NonNullable<Line['break']>

/** What came of a verification. */
export interface AuditOutcome {
  readonly outcome: 'intact' | 'broken'
  readonly checked: number
  readonly head: NonNullable<Line['head']> | null
  readonly anchors: number
  /** The first place at which the chain is not what it was. */
  readonly break: AuditBreak | null
}

export type AuditRecord = Static<typeof AuditRecordDto>
/** Which records; all that may be seen when empty. */
export type AuditFilter = Omit<Static<typeof AuditQuery>, 'organisation' | 'pageSize' | 'before'>
/** Newest first. `next` is the `before` of the page after it; null on the last. */
export type AuditRecords = Static<typeof AuditPage>

export interface AuditPageRequest {
  readonly pageSize: number
  /** `next` of the page before; the newest when absent. */
  readonly before?: number | undefined
  readonly signal?: AbortSignal | undefined
}

const PATH = '/api/audit'

/** Who did what to which thing, and, for superadmins, whether the chain of it is intact. */
export class Audit {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  page(filter: AuditFilter, { before, pageSize, signal }: AuditPageRequest): Promise<AuditRecords> {
    const query = { ...filter, pageSize: String(pageSize), before: before?.toString() }
    return this.#http.json({ method: 'GET', path: PATH, query, ...(signal && { signal }) })
  }

  /** Undefined when there is none such, or none that the caller may see. */
  async find(id: number, signal?: AbortSignal): Promise<AuditRecord | undefined> {
    const { records } = await this.page({}, { before: id + 1, pageSize: 1, signal })
    return records.find((record) => record.id === id)
  }

  /** All that match, as text that arrives while it is written. */
  export(filter: AuditFilter, mediaType: 'text/csv' | 'application/x-ndjson'): Promise<Response> {
    return this.#http.request({ method: 'GET', path: PATH, query: filter, headers: { accept: mediaType } })
  }

  /** Has the chain computed anew. Undefined when the server ended before it was done, or `signal` did. */
  async verify(
    anchors: readonly Anchor[],
    onProgress: (progress: AuditProgress) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<AuditOutcome | undefined> {
    const call = { method: 'POST', path: `${PATH}/verify`, body: { anchors } } as const
    const answer = await this.#http.request({ ...call, ...(signal && { signal }) })
    for await (const text of linesOf(answer)) {
      const line = JSON.parse(text) as Line
      if (line.outcome !== undefined) return line as AuditOutcome
      onProgress(line as AuditProgress)
    }
    return undefined
  }
}

/** Whole lines alone: one that was cut off is none. */
async function* linesOf({ body }: Response): AsyncGenerator<string, void> {
  if (!body) return
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const bytes of body) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } catch {
    // The connection broke: what came before it stands.
  }
}
