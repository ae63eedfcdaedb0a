import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import cookie from '@fastify/cookie'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Authenticate } from './authentication.ts'
import { addApiDocument } from './document/api-document.ts'
import { addMounts, type Mount } from './mount.ts'
import { addOperations } from './operations/operations.ts'
import { RateLimiter } from './operations/rate-limit.ts'
import { addProbes, type ReadinessCheck } from './probes.ts'
import { createProblemSender, type SendProblem, sendProblems } from './problems/problem-sender.ts'
import type { Route } from './route.ts'
import { securityHeaders } from './security-headers.ts'
import { type Traffic, watchTraffic } from './traffic.ts'

export interface HttpServerOptions {
  readonly routes: readonly Route[]
  /** What libraries answer by themselves, beside the routes. */
  readonly mounts?: readonly Mount[]
  readonly authenticate: Authenticate
  /** How many requests a minute an app may send for each of its users; any number when absent. */
  readonly appRateLimit?: number
  readonly logger: Logger
  readonly metrics: Metrics
  /** What must be well for `/readyz` to say so. */
  readonly readiness: readonly ReadinessCheck[]
  /** How clients reach this server; with https, browsers are told to stay with it. */
  readonly baseUrl: string
  /** The product's, for the API document. */
  readonly version: string
  /** Addresses of the proxies whose `X-Forwarded-For` is believed; nobody's when absent. */
  readonly trustedProxies?: readonly string[]
}

export interface HttpServer extends AsyncDisposable {
  /** Port 0 takes any free one. Resolves with the port taken. */
  listen(address: { readonly host: string; readonly port: number }): Promise<number>
  /**
   * Stops well: `/readyz` says 503 and new requests are sent away, those in flight are answered, at most for `graceMs`, then
   * all connections are closed.
   */
  drain(options: { readonly graceMs: number }): Promise<void>
}

const DEFAULT_BODY_LIMIT = 1024 * 1024
/** For a whole request to arrive: a client that trickles its bytes must not hold a connection for ever. */
const REQUEST_TIMEOUT_MS = 120_000
const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/

/** @throws Error when a route is not well declared */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const sendProblem = createProblemSender(options.routes)
  const app = createFastify(options, sendProblem)
  app.decorateRequest('signedIn', undefined)
  app.decorateRequest('answerType', '')
  const traffic = watchTraffic(app, options.metrics)
  const common = { ...securityHeaders(options.baseUrl), 'cache-control': 'no-store' }
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(common).header('x-request-id', request.id)
    done()
  })
  await app.register(cookie)
  sendProblems(app, sendProblem)
  takeBodiesAsBytes(app)
  addProbes(app, { ...options, traffic })
  await addApiDocument(app, options)
  const limiter = options.appRateLimit === undefined ? undefined : new RateLimiter(options.appRateLimit)
  addOperations(app, options.routes, { authenticate: options.authenticate, draining: traffic.draining, limiter })
  await addMounts(app, options.mounts ?? [])
  await app.ready()
  return toHttpServer(app, traffic, options.logger)
}

function createFastify({ logger, trustedProxies }: HttpServerOptions, sendProblem: SendProblem): FastifyInstance {
  return Fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    requestIdHeader: false,
    genReqId: ({ headers }) => {
      const given = headers['x-request-id']
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
    },
    trustProxy: trustedProxies ? [...trustedProxies] : false,
    bodyLimit: DEFAULT_BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Malformed URLs, which no hook or route ever sees.
    frameworkErrors: sendProblem,
    // Ours refuses in the interface's own manner (traffic.ts).
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1024 },
  })
}

/** Bodies are read by the route's own schema, whatever their content type claims. */
function takeBodiesAsBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}

function toHttpServer(app: FastifyInstance, traffic: Traffic, logger: Logger): HttpServer {
  const close = async (graceMs: number): Promise<void> => {
    const isAnswered = await settlesWithin(traffic.stop(), graceMs)
    if (!isAnswered) logger.warn({ graceMs }, 'requests still in flight at the end of the grace period are cut off')
    const closed = app.close()
    // What is left holds no request of ours: idle connections, and those that never finished asking.
    app.server.closeAllConnections()
    await closed
  }
  let closing: Promise<void> | undefined
  const drain: HttpServer['drain'] = ({ graceMs }) => {
    closing ??= close(graceMs)
    return closing
  }
  return {
    listen: async (address) => {
      await app.listen(address)
      return (app.server.address() as AddressInfo).port
    },
    drain,
    [Symbol.asyncDispose]: () => drain({ graceMs: 0 }),
  }
}

async function settlesWithin(work: Promise<void>, limitMs: number): Promise<boolean> {
  const limit = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => limit.resolve(false), limitMs)
  const isSettled = await Promise.race([work.then(() => true), limit.promise])
  clearTimeout(timer)
  return isSettled
}
