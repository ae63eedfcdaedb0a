import type { AuditVerificationBody, AuditVerificationDto } from '@portreeve/contract'
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

/** The audit's chain, for superadmins. */
export class Audit {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  /** Has the chain computed anew. Undefined when the server ended before it was done. */
  async verify(
    anchors: readonly Anchor[],
    onProgress: (progress: AuditProgress) => void = () => undefined,
  ): Promise<AuditOutcome | undefined> {
    const answer = await this.#http.request({ method: 'POST', path: '/api/audit/verify', body: { anchors } })
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
