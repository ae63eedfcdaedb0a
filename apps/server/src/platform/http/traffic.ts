import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Metrics } from '../telemetry/metrics.ts'
import { serverErrors } from './problems/request-errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The operation's name in logs and metrics. */
    name?: string
    /** Probes and scrapers: answered while draining, and logged at debug. */
    isProbe?: boolean
  }
}

/** The requests in flight, and whether new ones are taken. */
export interface Traffic {
  readonly isDraining: boolean
  /** Aborts when draining begins. */
  readonly draining: AbortSignal
  /** From now on new requests are refused; resolves when those in flight are answered. */
  stop(): Promise<void>
}

/** Counts, logs and measures every request of a server, and turns new ones away while it drains. */
export function watchTraffic(app: FastifyInstance, metrics: Metrics): Traffic {
  const draining = new AbortController()
  const idle = Promise.withResolvers<void>()
  let inFlight = 0

  app.addHook('onRequest', (request, reply, done) => {
    inFlight += 1
    // `close` follows every answer, and also comes when the client goes away before it.
    reply.raw.once('close', () => {
      inFlight -= 1
      record(request, reply, metrics)
      if (draining.signal.aborted && inFlight === 0) idle.resolve()
    })
    const isRefused = draining.signal.aborted && !request.routeOptions.config.isProbe
    done(isRefused ? serverErrors.draining() : undefined)
  })
  app.addHook('onSend', async (_request, reply) => {
    if (draining.signal.aborted) reply.header('connection', 'close')
  })

  return {
    get isDraining() {
      return draining.signal.aborted
    },
    draining: draining.signal,
    stop: () => {
      draining.abort()
      if (inFlight === 0) idle.resolve()
      return idle.promise
    },
  }
}

const CLIENT_CLOSED_REQUEST = 499

function record(request: FastifyRequest, reply: FastifyReply, metrics: Metrics): void {
  const { name = 'unknown', isProbe = false } = request.routeOptions.config
  const status = reply.raw.writableFinished ? reply.statusCode : CLIENT_CLOSED_REQUEST
  const ms = Math.round(reply.elapsedTime * 10) / 10
  metrics.observeRequest({ route: name, status, durationS: reply.elapsedTime / 1000 })
  // The path only: query strings carry confirmation codes and the like.
  const path = request.url.split('?', 1)[0]
  const line = { route: name, method: request.method, path, status, ms, user: request.signedIn?.caller.userId }
  request.log[isProbe ? 'debug' : 'info'](line, 'request')
}
