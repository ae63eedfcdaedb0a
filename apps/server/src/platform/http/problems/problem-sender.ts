import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { chooseMediaType } from '../media/negotiation.ts'
import type { Dialect, Route } from '../route.ts'
import { dialectsByUrl } from './dialects-by-url.ts'
import { challenge, type Problem, toProblem } from './problem.ts'
import { problemRendering } from './problem-rendering.ts'
import { requestErrors } from './request-errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** In which interface's manner errors are rendered; when absent, by the URL's neighbours. */
    dialect?: Dialect
  }
}

export type SendProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply

/** Makes every failure of a server a problem in the manner of the interface it happened in. */
export function createProblemSender(routes: readonly Route[]): SendProblem {
  const dialectNear = dialectsByUrl(routes)
  return (error, request, reply) => {
    const failure = withLimit(error, request)
    const problem = toProblem(failure)
    logProblem(problem, failure, request)
    const dialect = request.routeOptions.config?.dialect ?? dialectNear(request.url)
    return send(problem, dialect, { request, reply })
  }
}

/** Has Fastify report its failures, and what is at no URL of ours, through `sendProblem`. */
export function sendProblems(app: FastifyInstance, sendProblem: SendProblem): void {
  app.setErrorHandler(sendProblem)
  app.setNotFoundHandler((request, reply) => {
    return sendProblem(requestErrors.unknown_url(request.url.split('?', 1)[0] ?? ''), request, reply)
  })
}

function send(
  problem: Problem,
  dialect: Dialect,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): FastifyReply {
  const rendering = problemRendering(dialect)
  const fields = { ...problem, requestId: request.id }
  // Set here too: no hook has run for a URL that is not well-formed.
  reply.code(problem.status).headers({ 'x-request-id': request.id, ...problem.headers })
  if (problem.status === 401) reply.header('www-authenticate', challenge(request.headers, dialect))
  // `Forbidden`, or a status alone, does not tell why; a header is in nobody's way.
  if (!rendering?.hasCode) reply.header('x-error-code', problem.code)
  if (!rendering) return reply.send()
  const { xml } = rendering
  if (!xml) return reply.type('application/json; charset=utf-8').send(rendering.json(fields))
  const offers = ['application/json', 'application/xml', 'text/xml']
  const mediaType = chooseMediaType(request.headers.accept, offers) ?? 'application/json'
  const asXml = mediaType === 'application/json' ? undefined : xml(fields)
  reply.header('vary', 'Accept').type(`${asXml === undefined ? 'application/json' : mediaType}; charset=utf-8`)
  return reply.send(asXml ?? rendering.json(fields))
}

/** Only the route knows how large a body may have been. */
function withLimit(error: unknown, request: FastifyRequest): unknown {
  const isTooLarge = error instanceof Error && (error as FastifyError).code === 'FST_ERR_CTP_BODY_TOO_LARGE'
  return isTooLarge ? requestErrors.too_large(request.routeOptions.bodyLimit) : error
}

/** The one place where failures are logged. What clients did wrong is theirs to know, and only of interest when looked for. */
function logProblem({ status, code }: Problem, error: unknown, request: FastifyRequest): void {
  if (status === 500) request.log.error({ err: error, code }, 'request failed')
  else if (status > 500) request.log.warn({ err: error, code }, 'request refused: unavailable')
  else request.log.debug({ code, status }, 'request refused')
}
