import type { FileIndexDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import { type HttpCore, path } from './http-core.ts'

export type FileEntry = Static<typeof FileIndexDto>['files'][number]

/** All published files of an organisation, without their texts. */
export interface FileIndex {
  readonly files: readonly FileEntry[]
  /** Send it back to hear of a newer one only. */
  readonly etag: string
}

export interface FileIndexOptions {
  /** Of the index that is known. */
  readonly etag?: string | undefined
  /** Waits up to so many seconds, at most 60, for another than the known one. */
  readonly waitS?: number
  readonly signal?: AbortSignal
}

/** The server is silent for as long as it may wait, and then answers within this. */
const ANSWER_WITHIN_MS = 15_000

/** The published authz files, for hosts that keep copies of them. */
export class AuthzFiles {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  /** Undefined when it is still the one that has this `etag`. */
  async findIndex({ etag, waitS = 0, signal }: FileIndexOptions = {}): Promise<FileIndex | undefined> {
    const answer = await this.#http.request({
      method: 'GET',
      path: '/api/enforcement/files',
      query: { wait: String(waitS) },
      headers: { accept: 'application/json', ...(etag !== undefined && { 'if-none-match': etag }) },
      timeoutMs: waitS * 1000 + ANSWER_WITHIN_MS,
      ...(signal && { signal }),
    })
    if (answer.status === 304) return undefined
    const { files } = (await answer.json()) as Static<typeof FileIndexDto>
    return { files, etag: answer.headers.get('etag') ?? '' }
  }

  /** The bytes of a repository's file. */
  async read(repositoryId: string, signal?: AbortSignal): Promise<Uint8Array> {
    const answer = await this.#http.request({
      method: 'GET',
      path: path`/api/repositories/${repositoryId}/authz`,
      timeoutMs: ANSWER_WITHIN_MS,
      ...(signal && { signal }),
    })
    return new Uint8Array(await answer.arrayBuffer())
  }
}
