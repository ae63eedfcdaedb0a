import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { type Body, type Content, type Format, MEDIA_TYPES, readContent, renderBody } from './wire-format.ts'

/** An answer, read in the format that was asked for. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Leaves are texts in either format. */
  readonly content: Content | undefined
}

export type Fields = Readonly<Record<string, string | undefined>>

/** A page of a list. */
export interface Listed {
  readonly total: number
  readonly entries: readonly Fields[]
}

/** A change that was taken in. */
export interface Taken {
  readonly taskId: string
  /** Empty when it makes nothing. */
  readonly entityId: string
}

export interface ApiClientOptions {
  readonly url: string
  /** None when absent. */
  readonly token?: string
  /** Who it is, where that is known. */
  readonly userId?: string
  readonly format?: Format
}

const LONGEST_WAIT_MS = 120_000
const POLL_MS = 10

/** A client of the teams interface that speaks one of its two formats, in requests and answers alike. */
export class ApiClient {
  readonly url: string
  readonly format: Format
  readonly userId: string
  readonly #token: string | undefined

  constructor({ url, token, format = 'json', userId = '' }: ApiClientOptions) {
    this.url = url
    this.userId = userId
    this.format = format
    this.#token = token
  }

  /** The same client, speaking the other format. */
  in(format: Format): ApiClient {
    const { url, userId } = this
    return new ApiClient({ url, userId, format, ...(this.#token !== undefined && { token: this.#token }) })
  }

  /** Sends `{ team: { name } }` and the like; the name of the root is only XML's. */
  send(operation: string, body?: Body, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const mediaType = MEDIA_TYPES[this.format]
    const contentType = body && { 'content-type': mediaType }
    const text = body && renderBody(this.format, body)
    return this.sendText(operation, text, { ...contentType, ...headers })
  }

  /** Sends a text as it is, under the headers given. */
  async sendText(
    operation: string,
    text: string | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<Reply> {
    const [method = '', path = ''] = operation.split(' ')
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        accept: MEDIA_TYPES[this.format],
        ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
        ...headers,
      },
      ...(text !== undefined && { body: text }),
    })
    const said = await answer.text()
    const content = isIn(this.format, answer) ? readContent(this.format, said) : undefined
    return { status: answer.status, headers: answer.headers, text: said, content }
  }

  /** Sends a change that must be taken in. */
  async change(operation: string, body?: Body, headers?: Readonly<Record<string, string>>): Promise<Taken> {
    const reply = await this.send(operation, body, headers)
    assert.equal(reply.status, 202, `${operation}: ${reply.text}`)
    assert.equal(typeof reply.content, 'string')
    return { taskId: String(reply.content), entityId: reply.headers.get('x-entity-id') ?? '' }
  }

  /** Gets one thing that must be there. */
  async get(path: string): Promise<Fields> {
    const reply = await this.send(`GET ${path}`)
    assert.equal(reply.status, 200, `${path}: ${reply.text}`)
    return reply.content as Fields
  }

  async list(path: string): Promise<Listed> {
    const { totalResults, DTOs } = (await this.get(path)) as Fields & { DTOs?: unknown }
    return { total: Number(totalResults), entries: DTOs as Fields[] }
  }

  /** Status and error code: `404 team.not_found`. */
  async problem(operation: string, body?: Body, headers?: Readonly<Record<string, string>>): Promise<string> {
    const reply = await this.send(operation, body, headers)
    return `${reply.status} ${(reply.content as Fields | undefined)?.['code']}`
  }

  /** Asks for a task until `isDone`; fails with what it looks like when it is not within two minutes. */
  async until(taskId: string, isDone: (task: Fields) => boolean): Promise<Fields> {
    for (const deadline = Date.now() + LONGEST_WAIT_MS; ; await delay(POLL_MS)) {
      const task = await this.get(`/api/task/${taskId}`)
      if (isDone(task)) return task
      assert.ok(Date.now() < deadline, `it is still ${JSON.stringify(task)}`)
    }
  }

  /** Waits until the published files are made from the task's revision or a later one. */
  enforced(taskId: string): Promise<Fields> {
    return this.until(taskId, ({ enforced }) => enforced === 'true')
  }
}

function isIn(format: Format, answer: Response): boolean {
  return answer.headers.get('content-type')?.startsWith(MEDIA_TYPES[format]) ?? false
}
