import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SignedIn } from '../../../kernel/principal.ts'
import type { Authenticate } from '../authentication.ts'
import { HUDDLE_JSON, HUDDLE_XML, huddleOffersTo } from '../media/huddle-types.ts'
import { chooseMediaType } from '../media/negotiation.ts'
import { requestErrors } from '../problems/request-errors.ts'
import type { Answer, Incoming, Route } from '../route.ts'
import type { RawQuery } from '../validation/query-values.ts'
import { type AnswerWriter, compileAnswerWriter } from './answer-writer.ts'
import { formatEntityTag, isTagHeld, parseIfMatch, tagOfVersion } from './entity-tag.ts'
import { compileInputReader, type Input, type RawInput } from './input-reader.ts'
import type { RateLimiter } from './rate-limit.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once the caller is known. */
    signedIn: SignedIn | undefined
    /** Set once the answer's media type is agreed. */
    answerType: string
  }
}

/** A route made ready to serve: everything that can be compiled once has been. */
export interface Operation {
  readonly route: Route
  readonly writer: AnswerWriter
  readonly readInput: (raw: RawInput) => Input
}

/** What operations need from the server around them. */
export interface OperationContext {
  readonly authenticate: Authenticate
  /** Aborts when the server drains. */
  readonly draining: AbortSignal
  /** Counts the requests of apps; nobody's when absent. */
  readonly limiter?: RateLimiter | undefined
}

/** @throws Error when the route's schemas cannot do what its declaration promises */
export function compileOperation(route: Route): Operation {
  try {
    return { route, writer: compileAnswerWriter(route), readInput: compileInputReader(route) }
  } catch (error) {
    throw new Error(`The route ${route.name} (${route.method} ${route.url}) is not well declared.`, { cause: error })
  }
}

/** Who calls and what they can read, settled before a byte of the body is looked at. */
export async function admit(operation: Operation, context: OperationContext, request: FastifyRequest): Promise<void> {
  if (operation.route.access === 'signed-in') request.signedIn = await authenticate(context, request)
  const isHuddle = operation.route.formats === 'huddle'
  const offers = isHuddle ? huddleOffersTo(request.headers['content-type']) : operation.writer.offers
  const mediaType = chooseMediaType(request.headers.accept, offers)
  if (mediaType === undefined) throw requestErrors.not_acceptable(offers)
  request.answerType = mediaType
}

interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Runs the route's handler on the validated request and sends what it answers. */
export async function serve(
  operation: Operation,
  context: OperationContext,
  exchange: Exchange,
): Promise<FastifyReply> {
  const { request } = exchange
  const input = operation.readInput({
    params: request.params as RawQuery,
    query: request.query as RawQuery,
    contentType: request.headers['content-type'],
    body: request.body as Uint8Array | undefined,
  })
  const ifMatch = readIfMatch(operation.route, request)
  const answer = await operation.route.handle(toIncoming({ ...input, ifMatch }, context, exchange))
  return send(operation, answer, exchange)
}

function authenticate(context: OperationContext, request: FastifyRequest): Promise<SignedIn> {
  const { organisation } = request.query as RawQuery
  const isId = typeof organisation === 'string' && /^[1-9]\d{0,8}$/.test(organisation)
  return context.authenticate({
    method: request.method,
    headers: request.headers as Incoming<unknown, unknown, unknown>['headers'],
    cookies: request.cookies,
    source: request.ip,
    // Anything else is reported with the other problems of the query, to callers who are signed in.
    ...(isId && { organisation: Number(organisation) }),
  })
}

function signedIn({ signedIn: known }: FastifyRequest): SignedIn {
  if (!known) throw new Error('A public route has no caller.')
  return known
}

type AnyIncoming = Parameters<Route['handle']>[0]

function readIfMatch({ versioned, method }: Route, { headers }: FastifyRequest): AnyIncoming['ifMatch'] {
  const field = headers['if-match']
  return versioned && method !== 'GET' && field !== undefined ? parseIfMatch(field) : undefined
}

type Read = Input & Pick<AnyIncoming, 'ifMatch'>

function toIncoming(input: Read, context: OperationContext, { request, reply }: Exchange): AnyIncoming {
  return {
    ...input,
    get caller() {
      return signedIn(request).caller
    },
    get position() {
      return signedIn(request).position
    },
    get signal() {
      return AbortSignal.any([whenGone(reply), context.draining])
    },
    requestId: request.id,
    mediaType: request.answerType,
    source: request.ip,
    headers: request.headers as AnyIncoming['headers'],
    cookies: request.cookies,
    holds: (entityTag) => isTagHeld(request.headers['if-none-match'], entityTag),
  }
}

// Made once: by default each request would make an error of its own, stack and all.
const GONE = 'the client is gone'

/** Aborts when the client goes away. Fastify's own signal also aborts as soon as a body has been read. */
function whenGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  if (raw.destroyed) gone.abort(GONE)
  else raw.once('close', () => gone.abort(GONE))
  return gone.signal
}

function send(operation: Operation, answer: Answer, { request, reply }: Exchange): FastifyReply {
  const isNegotiated = operation.writer.offers.length > 1
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    reply.header(name, typeof value === 'string' ? value : [...value])
  }
  if (isNegotiated) reply.header('vary', 'Accept')
  const tag = tagOf(answer, request.answerType)
  if (tag !== undefined) {
    reply.header('etag', formatEntityTag(tag, isNegotiated && answer.version === undefined))
    reply.header('cache-control', 'private, no-cache')
  }
  if (answer.status === 304 || (operation.route.method === 'GET' && isHeld(tag, request))) return reply.code(304).send()
  const payload = operation.writer.write(answer, request.answerType)
  reply.code(answer.status)
  if (payload === undefined) return reply.send()
  // Bytes: to a text that is JSON Fastify adds a charset.
  const asBytes = WITHOUT_CHARSET.has(request.answerType) && typeof payload === 'string'
  return reply.type(withCharset(request.answerType)).send(asBytes ? Buffer.from(payload) : payload)
}

function tagOf({ entityTag, version }: Answer, mediaType: string): string | undefined {
  return version === undefined ? entityTag : tagOfVersion(version, mediaType)
}

function isHeld(tag: string | undefined, { headers }: FastifyRequest): boolean {
  return tag !== undefined && isTagHeld(headers['if-none-match'], tag)
}

const WITHOUT_CHARSET: ReadonlySet<string> = new Set(['application/octet-stream', HUDDLE_JSON, HUDDLE_XML])

/** Text types of ours are always UTF-8; JSON has no charset parameter (RFC 8259, 11), though it does no harm to old clients. */
function withCharset(mediaType: string): string {
  return mediaType.includes('charset') || WITHOUT_CHARSET.has(mediaType) ? mediaType : `${mediaType}; charset=utf-8`
}
