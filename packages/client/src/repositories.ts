import type {
  ImportBody,
  ImportPlanDto,
  ImportQuery,
  PlacedStatementDto,
  RepositoryBody,
  RepositoryDto,
  SpokenPathDto,
} from '@portreeve/contract'
import type { Static } from 'typebox'
import { type Creation, type HttpCore, path } from './http-core.ts'
import { type ListOptions, listAll } from './list-all.ts'
import { getPage, type Page, type PageRequest } from './page.ts'

export type Repository = Static<typeof RepositoryDto>
export type NewRepository = Static<typeof RepositoryBody>

/** A path that rules speak of, or of something below it. */
export type SpokenPath = Static<typeof SpokenPathDto>
/** What a rule says at a path or above it. */
export type PlacedStatement = Static<typeof PlacedStatementDto>

/** What an import would make, and what stands in its way. */
export type ImportPlan = Static<typeof ImportPlanDto>
export type NewImport = Static<typeof ImportBody> & Pick<Static<typeof ImportQuery>, 'acceptLoss'>

/** A published authz file. */
export interface PublishedFile {
  readonly content: string
  /** Changes only when the text does; send it back to learn whether there is a newer file. */
  readonly etag: string
}

/** The first lines of a published authz file. */
export interface AuthzBeginning extends PublishedFile {
  readonly isWhole: boolean
}

/** Subversion repositories known by name. */
export class Repositories {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  list(options?: ListOptions): AsyncGenerator<Repository, void> {
    return listAll(this.#http, '/api/repositories', options)
  }

  page(request: PageRequest): Promise<Page<Repository>> {
    return getPage(this.#http, '/api/repositories', request)
  }

  create(repository: NewRepository): Promise<Creation> {
    return this.#http.create('/api/repositories', repository)
  }

  get(id: string): Promise<Repository> {
    return this.#http.json({ method: 'GET', path: path`/api/repositories/${id}` })
  }

  /** The paths directly below the one in the filter `path` that rules speak of, or of something below them, by name. */
  pagePaths(id: string, request: PageRequest): Promise<Page<SpokenPath>> {
    return getPage(this.#http, path`/api/repositories/${id}/paths`, request)
  }

  /** What rules say at the path in the filter `path` and at those above it, the nearest first. */
  pageStatements(id: string, request: PageRequest): Promise<Page<PlacedStatement>> {
    return getPage(this.#http, path`/api/repositories/${id}/statements`, request)
  }

  /** Says what the import of an existing authz file would make, making nothing. */
  planImport(id: string, { acceptLoss = false, ...body }: NewImport): Promise<ImportPlan> {
    const query = { acceptLoss: String(acceptLoss), dryRun: 'true' }
    return this.#http.json({ method: 'POST', path: path`/api/repositories/${id}/import`, query, body })
  }

  /** Makes the teams and rules of an existing authz file; answers the id of the root team that they are put under. */
  import(id: string, { acceptLoss = false, ...body }: NewImport): Promise<Creation> {
    return this.#http.create(path`/api/repositories/${id}/import`, body, { acceptLoss: String(acceptLoss) })
  }

  /** The published file up to this many bytes, of which no more are fetched: files can be large. */
  async getAuthzBeginning(id: string, bytes: number, signal?: AbortSignal): Promise<AuthzBeginning> {
    const answer = await this.#http.request({
      method: 'GET',
      path: path`/api/repositories/${id}/authz`,
      ...(signal && { signal }),
    })
    return { ...(await readBeginning(answer, bytes)), etag: answer.headers.get('etag') ?? '' }
  }

  /** The generated file as it is published; undefined when it is still the one that has this `etag`. */
  async getAuthzFile(id: string, etag?: string): Promise<PublishedFile | undefined> {
    const answer = await this.#http.request({
      method: 'GET',
      path: path`/api/repositories/${id}/authz`,
      headers: etag === undefined ? {} : { 'if-none-match': etag },
    })
    if (answer.status === 304) return undefined
    return { content: await answer.text(), etag: answer.headers.get('etag') ?? '' }
  }
}

async function readBeginning({ body }: Response, bytes: number): Promise<Pick<AuthzBeginning, 'content' | 'isWhole'>> {
  if (!body) return { content: '', isWhole: true }
  const decoder = new TextDecoder()
  let content = ''
  let read = 0
  // By its reader: not every browser can iterate over a stream.
  const reader = body.getReader()
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    read += chunk.value.byteLength
    content += decoder.decode(chunk.value, { stream: true })
    if (read > bytes) {
      await reader.cancel()
      return { content: content.slice(0, content.lastIndexOf('\n') + 1), isWhole: false }
    }
  }
  return { content: content + decoder.decode(), isWhole: true }
}
