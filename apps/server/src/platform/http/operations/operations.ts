import type { FastifyInstance } from 'fastify'
import { requestErrors } from '../problems/request-errors.ts'
import type { Dialect, Route } from '../route.ts'
import { admit, compileOperation, type OperationContext, serve } from './operation.ts'
import { limitRate } from './rate-limit.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Serves each route at its URL, and refuses the methods that a URL does not have. */
export function addOperations(app: FastifyInstance, routes: readonly Route[], context: OperationContext): void {
  for (const route of routes) addOperation(app, route, context)
  // What a parameter is called makes no other URL.
  const byUrl = Map.groupBy(routes, ({ url }) => toPattern(url).replaceAll(/:\w+/g, ':_'))
  for (const [url, group] of byUrl) refuseOtherMethods(app, url, group)
}

function addOperation(app: FastifyInstance, route: Route, context: OperationContext): void {
  const operation = compileOperation(route)
  app.route({
    method: route.method,
    url: toPattern(route.url),
    ...(route.bodyLimit !== undefined && { bodyLimit: route.bodyLimit }),
    config: { name: route.name, dialect: route.dialect },
    onRequest: async (request, reply) => {
      await admit(operation, context, request)
      if (context.limiter) limitRate(context.limiter, request, reply)
    },
    handler: (request, reply) => serve(operation, context, { request, reply }),
  })
}

/** Whoever is served at `url`, which is Fastify's pattern, is in `group`. */
export function refuseOtherMethods(
  app: FastifyInstance,
  url: string,
  group: readonly { readonly method: string; readonly dialect: Dialect }[],
): void {
  const own = group.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  const allow = [...new Set([...own, 'OPTIONS'])].join(', ')
  const [first] = group
  app.route({
    method: METHODS.filter((method) => !own.includes(method)),
    url,
    config: { ...(first && { dialect: first.dialect }) },
    onRequest: async (request, reply) => {
      reply.header('allow', allow)
      if (request.method !== 'OPTIONS') throw requestErrors.method_not_allowed(request.method, allow)
    },
    handler: (_request, reply) => reply.code(204).send(),
  })
}

/** `/api/teams/{id}/` as Fastify writes it: `/api/teams/:id`. */
export function toPattern(url: string): string {
  return url.replaceAll(/\{(\w+)\}/g, ':$1').replace(/(?<=.)\/$/, '')
}
