import type { Socket } from 'node:net'
import {
  BindRequest,
  BindResponse,
  ExtendedRequest,
  ExtendedResponse,
  type Filter,
  MessageParser,
  PagedResultsControl,
  SearchEntry,
  SearchReference,
  SearchRequest,
  SearchResponse,
  UnbindRequest,
} from 'ldapts'
import { failureOf, LdapFailure } from './ldap-failure.ts'
import { encrypt, type LdapTarget, openSocket } from './ldap-socket.ts'

export interface LdapSearch {
  readonly base: string
  readonly scope: 'base' | 'one' | 'sub'
  readonly filter: Filter
  readonly attributes: readonly string[]
  /** Entries asked for at a time. */
  readonly pageSize: number
}

export interface LdapEntry {
  readonly dn: string
  /** By name in lower case. Values that are no text are left out. */
  readonly attributes: ReadonlyMap<string, readonly string[]>
}

type Request = BindRequest | ExtendedRequest | SearchRequest
type Result = BindResponse | ExtendedResponse | SearchResponse

/** An operation whose result has not come yet. */
interface Pending {
  readonly messageId: number
  readonly entries: LdapEntry[]
  readonly referrals: string[]
  readonly done: PromiseWithResolvers<Result>
}

/** A connection lives so many times as long as an answer may take: a directory that never comes to an end is left. */
const LONGEST_IN_TIMEOUTS = 60
const START_TLS = '1.3.6.1.4.1.1466.20037'
/** RFC 4511, 4.4: what the server says unasked, such as that it disconnects. */
const UNSOLICITED = 0
// Result codes by which a directory says that this bind is not for this account: no such entry, a malformed DN, no password
// kept, a wrong one, none allowed, and an account locked (389 Directory Server: 19 or 53).
const BIND_REFUSALS = new Set([19, 32, 34, 48, 49, 50, 53])

/**
 * One connection to a directory, with one operation at a time. It speaks with the messages of ldapts but is no ldapts
 * `Client`: that connects anew by itself, unbound and unencrypted, when a connection is lost between two pages; and it
 * takes a page without entries for the last although there is a cookie (RFC 2696, 3, allows that, and Active Directory
 * does it). Either would pass part of an answer for all of it. Failures are `LdapFailure`s: after a result code the
 * connection goes on, after anything else it is closed.
 */
export class LdapConnection implements AsyncDisposable {
  readonly #socket: Socket
  readonly #timeoutMs: number
  readonly #endsAtMs: number
  readonly #parser = new MessageParser()
  #pending: Pending | undefined
  #failure: LdapFailure | undefined
  #lastId = 0

  private constructor(socket: Socket, timeoutMs: number) {
    this.#socket = socket
    this.#timeoutMs = timeoutMs
    this.#endsAtMs = performance.now() + timeoutMs * LONGEST_IN_TIMEOUTS
    this.#parser.on('message', (message) => this.#receive(message))
    this.#parser.on('error', (cause) => this.#fail(new LdapFailure('refused', 'it does not speak LDAP', { cause })))
    socket.on('data', this.#onData).on('error', this.#onError).on('close', this.#onClose)
  }

  static async open(target: LdapTarget): Promise<LdapConnection> {
    const socket = await openSocket(target)
    if (target.startTls) {
      const plain = new LdapConnection(socket, target.timeoutMs)
      await plain.#startTls()
    }
    const isEncrypted = target.startTls || target.url.startsWith('ldaps:')
    return new LdapConnection(isEncrypted ? await encrypt(socket, target) : socket, target.timeoutMs)
  }

  /**
   * True when the directory takes the password for the entry. An empty one throws before anything is sent: a directory
   * takes a DN without a password for nobody in particular, and says yes (RFC 4513, 5.1.2).
   */
  async bind(dn: string, password: string): Promise<boolean> {
    if (dn === '' || password === '') throw new RangeError('A bind needs a DN and a password.')
    const { result } = await this.#exchange((messageId) => new BindRequest({ messageId, dn, password }))
    if (BIND_REFUSALS.has(result.status)) return false
    throwFailure(result)
    return true
  }

  /** Pages of entries. Ends only when the directory said that it answered everything. */
  async *search({ base, pageSize, attributes, ...search }: LdapSearch): AsyncGenerator<readonly LdapEntry[], void> {
    let cookie: Buffer | undefined
    do {
      const paging = new PagedResultsControl({ value: { size: pageSize, ...(cookie && { cookie }) } })
      const { result, entries, referrals } = await this.#exchange(
        (messageId) =>
          // ldapts would set a time limit of ten seconds.
          new SearchRequest({
            messageId,
            baseDN: base,
            ...search,
            attributes: [...attributes],
            timeLimit: 0,
            controls: [paging],
          }),
      )
      throwFailure(result)
      // Part of the answer lies elsewhere.
      if (referrals[0] !== undefined) throw new LdapFailure('referral', referrals[0])
      cookie = cookieOf(result)
      if (entries.length > 0) yield entries
    } while (cookie)
  }

  /** Says goodbye where it can, and closes. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#failure) return
    this.#failure = new LdapFailure('connection_lost', 'closed by us')
    this.#socket.off('error', this.#onError).on('error', () => undefined)
    this.#socket.end(new UnbindRequest({ messageId: this.#nextId() }).write())
    this.#socket.destroySoon()
  }

  async #startTls(): Promise<void> {
    const { result } = await this.#exchange((messageId) => new ExtendedRequest({ messageId, oid: START_TLS }))
    if (result.status !== 0) {
      const refusal = failureOf(result)?.message ?? ''
      this.#fail(new LdapFailure('tls_failed', `it refuses StartTLS, ${refusal}`))
      throw this.#failure
    }
    // What else came unencrypted stays behind in this parser: it is not taken for an answer to what is asked encrypted.
    this.#socket.off('data', this.#onData).off('error', this.#onError).off('close', this.#onClose)
  }

  async #exchange(make: (messageId: number) => Request): Promise<Pending & { readonly result: Result }> {
    if (this.#failure) throw this.#failure
    if (this.#pending) throw new Error('An operation on this connection has not been answered yet.')
    const messageId = this.#nextId()
    const pending: Pending = { messageId, entries: [], referrals: [], done: Promise.withResolvers() }
    this.#pending = pending
    const timeOut = () => this.#fail(new LdapFailure('timed_out', 'no answer in time'))
    const leftMs = this.#endsAtMs - performance.now()
    // A timer of no time at all might come later than the answer, and the next, and the next.
    if (leftMs <= 0) timeOut()
    const timer = setTimeout(timeOut, Math.min(this.#timeoutMs, leftMs))
    try {
      this.#socket.write(make(messageId).write())
      return { ...pending, result: await pending.done.promise }
    } finally {
      clearTimeout(timer)
      this.#pending = undefined
    }
  }

  #nextId(): number {
    return ++this.#lastId
  }

  #receive(message: { readonly messageId: number }): void {
    if (message.messageId === UNSOLICITED) {
      this.#fail(new LdapFailure('connection_lost', 'the directory disconnects'))
      return
    }
    const pending = this.#pending
    if (message.messageId !== pending?.messageId) return
    if (message instanceof SearchEntry) pending.entries.push(toEntry(message))
    else if (message instanceof SearchReference) pending.referrals.push(...message.uris)
    else if (isResult(message)) pending.done.resolve(message)
  }

  #fail(failure: LdapFailure): void {
    this.#failure ??= failure
    this.#pending?.done.reject(this.#failure)
    this.#socket.destroy()
  }

  // The parser wants the requests only to read controls that we do not send.
  readonly #onData = (data: Buffer) => this.#parser.read(data, new Map())
  readonly #onError = (cause: Error) => this.#fail(new LdapFailure('connection_lost', cause.message, { cause }))
  readonly #onClose = () => this.#fail(new LdapFailure('connection_lost', 'the other end closed the connection'))
}

function throwFailure(result: Result): void {
  const failure = failureOf(result)
  if (failure) throw failure
}

function isResult(message: object): message is Result {
  return message instanceof SearchResponse || message instanceof BindResponse || message instanceof ExtendedResponse
}

/** Where to go on; undefined after the last page, and from directories that do not page. */
function cookieOf({ controls = [] }: Result): Buffer | undefined {
  const paging = controls.find((control) => control instanceof PagedResultsControl)
  const cookie = paging?.value?.cookie
  return cookie && cookie.length > 0 ? cookie : undefined
}

function toEntry({ name, attributes }: SearchEntry): LdapEntry {
  const texts = attributes.map(({ type, values }): [string, string[]] => [
    type.toLowerCase(),
    values.filter((value) => typeof value === 'string'),
  ])
  return { dn: name, attributes: new Map(texts) }
}
