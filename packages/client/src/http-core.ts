import { pause } from './pause.ts'
import { readError, UnreachableError } from './portreeve-error.ts'

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** From the root of the server; `path` makes one of ids that need escaping. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** No answer within it counts as none at all. */
  readonly timeoutMs?: number
  /** Ends the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/** A change that the server took in. */
export interface Change {
  /** Of the task that tells what becomes of it. */
  readonly taskId: string
}

/** A change that makes something, and the id of what it makes. */
export interface Creation extends Change {
  readonly entityId: string
}

/** Something as it was read, with what tells its version: a change that names it is refused once there is another. */
export interface Tagged<T> {
  readonly value: T
  readonly etag: string
}

export interface ChangeOptions {
  /** The `etag` that it was read with. When somebody has changed it since, the error's status is 412. */
  readonly ifMatch?: string | undefined
}

export interface HttpCoreOptions {
  /** Such as `http://127.0.0.1:8470`. */
  readonly baseUrl: string
  /** Sent with every request, such as those that say who calls. */
  readonly headers?: Readonly<Record<string, string>>
  /** Sent with every request that does not say otherwise, such as the organisation to act in. */
  readonly query?: HttpCall['query']
  /** How often a call that may be repeated is, while the server says when to come back; a few times when absent. */
  readonly retries?: number
}

const RETRIES = 4
const LONGEST_PAUSE_MS = 10_000
const NOT_MODIFIED = 304

/** Sends requests in the caller's name, and turns refusals into errors. Connections are kept and shared. */
export class HttpCore {
  readonly #baseUrl: string
  readonly #headers: Readonly<Record<string, string>>
  readonly #query: HttpCall['query']
  readonly #retries: number

  constructor({ baseUrl, headers = {}, query = {}, retries = RETRIES }: HttpCoreOptions) {
    this.#baseUrl = baseUrl.replace(/\/+$/, '')
    this.#headers = headers
    this.#query = query
    this.#retries = retries
  }

  /**
   * The answer, if it is 2xx or 304. While the server answers 503 with `Retry-After`, as when it is restarted, calls that
   * may be repeated are, a few times. POST may not: what it asked for can have been done although the answer was lost.
   * @throws {PortreeveError} when refused. @throws {UnreachableError} without an answer.
   */
  async request(call: HttpCall): Promise<Response> {
    for (let retries = call.method === 'POST' ? 0 : this.#retries; ; retries--) {
      const answer = await this.#send(call)
      if (answer.ok || answer.status === NOT_MODIFIED) return answer
      const pauseMs = retryPauseMs(answer)
      if (retries === 0 || pauseMs === undefined) throw await readError(answer)
      await answer.body?.cancel()
      await pause(pauseMs)
    }
  }

  /** The body of a JSON answer, which is trusted to be what the contract says. */
  async json<T>(call: HttpCall): Promise<T> {
    const answer = await this.request({ ...call, headers: { accept: 'application/json', ...call.headers } })
    return (await answer.json()) as T
  }

  /** The same, with its version. */
  async tagged<T>(call: HttpCall): Promise<Tagged<T>> {
    const answer = await this.request({ ...call, headers: { accept: 'application/json', ...call.headers } })
    const etag = answer.headers.get('etag')
    if (etag === null) throw new Error(`${call.path} answered without ETag.`)
    return { value: (await answer.json()) as T, etag }
  }

  /** For what answers without a body. */
  async perform(call: HttpCall): Promise<void> {
    const answer = await this.request(call)
    await answer.body?.cancel()
  }

  /** Proposes a change. The server has committed it when this resolves. */
  async change(call: HttpCall, options?: ChangeOptions): Promise<Change> {
    return { taskId: await this.json<string>({ ...call, ...meantFor(options) }) }
  }

  /** Proposes a change that makes something. */
  async create(path: string, body: unknown, query: NonNullable<HttpCall['query']> = {}): Promise<Creation> {
    const answer = await this.request({ method: 'POST', path, query, body, headers: { accept: 'application/json' } })
    const taskId = (await answer.json()) as string
    const entityId = answer.headers.get('x-entity-id')
    if (entityId === null) throw new Error(`${path} answered without X-entity-id.`)
    return { taskId, entityId }
  }

  async #send({ method, path: at, query, headers, body, timeoutMs, signal }: HttpCall): Promise<Response> {
    const ends = [signal, timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)]
    try {
      return await fetch(`${this.#baseUrl}${at}${toQueryString({ ...this.#query, ...query })}`, {
        method,
        headers: { ...this.#headers, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.any(ends.filter((end) => end !== undefined)),
      })
    } catch (error) {
      signal?.throwIfAborted()
      throw new UnreachableError(this.#baseUrl, { cause: error })
    }
  }
}

/** Of a call without headers of its own. */
export function meantFor({ ifMatch }: ChangeOptions = {}): Pick<HttpCall, 'headers'> {
  return ifMatch === undefined ? {} : { headers: { 'if-match': ifMatch } }
}

/** A path with what is put into it escaped: `` path`/api/teams/${id}` ``. */
export function path(texts: TemplateStringsArray, ...ids: readonly string[]): string {
  return String.raw({ raw: texts }, ...ids.map(encodeURIComponent))
}

function retryPauseMs({ status, headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  if (status !== 503 || !Number.isFinite(seconds)) return undefined
  return Math.min(seconds * 1000, LONGEST_PAUSE_MS)
}

function toQueryString(query: HttpCall['query'] = {}): string {
  const parameters = Object.entries(query).flatMap(([name, value]) =>
    [value ?? []].flat().map((each): [string, string] => [name, each]),
  )
  return parameters.length === 0 ? '' : `?${new URLSearchParams(parameters)}`
}
