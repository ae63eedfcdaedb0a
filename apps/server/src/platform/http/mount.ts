import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refuseOtherMethods, toPattern } from './operations/operations.ts'
import type { Dialect } from './route.ts'

/** An endpoint that a library answers by itself, on Node's own request and answer, body and all. */
export interface Mount {
  /** In logs and metrics: `oauthToken`. */
  readonly name: string
  readonly method: 'GET' | 'POST' | 'OPTIONS'
  /** As a route's. */
  readonly url: string
  /**
   * Answers in full, whatever goes wrong. The request's `X-Request-ID` is the one that the server agreed on, and the
   * answer has the headers already that all answers have. The source is the address that asks.
   */
  handle(request: IncomingMessage, response: ServerResponse, source: string): Promise<void>
}

const DIALECT: Dialect = 'admin'

/** Serves mounts in a scope of their own, where no body is read before them. All else is as for routes. */
export async function addMounts(app: FastifyInstance, mounts: readonly Mount[]): Promise<void> {
  await app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _body, parsed) => parsed(null))
    for (const mount of mounts) {
      scope.route({
        method: mount.method,
        url: toPattern(mount.url),
        config: { name: mount.name, dialect: DIALECT },
        handler: (request, reply) => handOver(mount, request, reply),
      })
    }
    done()
  })
  const byUrl = Map.groupBy(mounts, ({ url }) => toPattern(url))
  for (const [url, group] of byUrl) {
    refuseOtherMethods(
      app,
      url,
      group.map(({ method }) => ({ method, dialect: DIALECT })),
    )
  }
}

function handOver(mount: Mount, { raw, id, ip }: FastifyRequest, reply: FastifyReply): void {
  reply.hijack()
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value)
  }
  raw.headers['x-request-id'] = id
  void mount.handle(raw, reply.raw, ip)
}
