import type { Principal } from '../../../kernel/principal.ts'
import { createLogger } from '../../telemetry/logger.ts'
import { createMetrics } from '../../telemetry/metrics.ts'
import { createHttpServer, type HttpServer, type HttpServerOptions } from '../create-http-server.ts'
import { sampleErrors, sampleRoutes } from './sample-api.ts'

export interface SampleServer extends AsyncDisposable {
  readonly server: HttpServer
  readonly port: number
  /** What the server has logged so far, parsed. */
  readonly lines: readonly Readonly<Record<string, unknown>>[]
  /** As fetch, relative to the server, signed in unless `headers` have an authorization of their own. */
  fetch(path: string, init?: RequestInit): Promise<Response>
}

const caller: Principal = {
  userId: 'u1',
  username: 'ann',
  role: 'superadmin',
  flags: new Set(),
  homeOrganisation: 1,
  organisation: 1,
  via: 'token',
}

/** The real server on a port of its own, with the sample routes unless told otherwise. */
export async function startSampleServer(overrides: Partial<HttpServerOptions> = {}): Promise<SampleServer> {
  const lines: Record<string, unknown>[] = []
  const server = await createHttpServer({
    routes: sampleRoutes,
    authenticate: async ({ headers, organisation = 1 }) => {
      if (headers['authorization'] !== 'Bearer good') throw sampleErrors.refused()
      return { caller: { ...caller, organisation }, position: { head: 1, enforced: 1, lineage: 'sample' } }
    },
    logger: createLogger({ level: 'debug', destination: { write: (line) => lines.push(JSON.parse(line)) } }),
    metrics: createMetrics(),
    readiness: [],
    baseUrl: 'http://127.0.0.1',
    version: '0.0.0',
    ...overrides,
  })
  const port = await server.listen({ host: '127.0.0.1', port: 0 })
  return {
    server,
    port,
    lines,
    fetch: (path, init) => {
      const headers = new Headers(init?.headers)
      if (!headers.has('authorization')) headers.set('authorization', 'Bearer good')
      return fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers })
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
