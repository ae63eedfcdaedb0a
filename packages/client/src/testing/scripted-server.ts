import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export type ScriptedAnswer = (response: ServerResponse) => void

export interface ScriptedServer extends AsyncDisposable {
  readonly url: string
  /** `GET /api/teams Bearer t`. */
  readonly requests: readonly string[]
  readonly headers: readonly IncomingMessage['headers'][]
}

/** A server that gives the answers in turn, the last one from then on. */
export async function answering(...answers: readonly ScriptedAnswer[]): Promise<ScriptedServer> {
  const requests: string[] = []
  const headers: IncomingMessage['headers'][] = []
  const server = createServer((request: IncomingMessage, response) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)]
    requests.push(`${request.method} ${request.url} ${request.headers.authorization}`)
    headers.push(request.headers)
    request.resume().on('end', () => answer?.(response))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    headers,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
): ScriptedAnswer {
  return (response) => {
    response.setHeaders(new Map(Object.entries({ 'content-type': 'application/json', ...headers })))
    response.writeHead(status).end(JSON.stringify(body))
  }
}
