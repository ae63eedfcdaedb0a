import swagger, { type StaticDocumentSpec } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { type ApiDocumentOptions, buildApiDocument } from './openapi.ts'

/**
 * What the page at `/docs` may do: run and show what this server sends, and call it. Its renderer sets style attributes and
 * brings its icons as data URLs.
 */
const DOCS_POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
}

/** `/openapi.json`, and `/docs` to read it in a browser without reaching out to any other host. */
export async function addApiDocument(app: FastifyInstance, options: ApiDocumentOptions): Promise<void> {
  const document = buildApiDocument(options)
  const text = JSON.stringify(document)
  app.get('/openapi.json', { config: { name: 'openapi' } }, async (_request, reply) => {
    return reply.type('application/json; charset=utf-8').send(text)
  })
  const specification = { document: document as unknown as StaticDocumentSpec['document'] }
  await app.register(swagger, { mode: 'static', specification })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: DOCS_POLICY,
    uiConfig: { deepLinking: true, docExpansion: 'none' },
  })
}
