import type { RepositoryBody, RepositoryDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import { type Creation, type HttpCore, path } from './http-core.ts'
import { type ListOptions, listAll } from './list-all.ts'

export type Repository = Static<typeof RepositoryDto>
export type NewRepository = Static<typeof RepositoryBody>

/** A published authz file. */
export interface PublishedFile {
  readonly content: string
  /** Changes only when the text does; send it back to learn whether there is a newer file. */
  readonly etag: string
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

  create(repository: NewRepository): Promise<Creation> {
    return this.#http.create('/api/repositories', repository)
  }

  get(id: string): Promise<Repository> {
    return this.#http.json({ method: 'GET', path: path`/api/repositories/${id}` })
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
