import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface HttpLoad {
  readonly url: string
  /** As many connections as clients, kept alive; each asks again as soon as it is answered. */
  readonly clients: number
  readonly durationMs: number
  /** The next request, whole, as it goes over the wire. */
  next(): Buffer
}

/**
 * Requests answered a second. Written on bare sockets, so that the load takes as little of the processor from the server as
 * pgbench takes from PostgreSQL. Any answer that is no success fails the benchmark.
 */
export async function loadHttp({ url, clients, durationMs, next }: HttpLoad): Promise<number> {
  const { hostname, port } = new URL(url)
  const sockets = await Promise.all(Array.from({ length: clients }, () => open(hostname, Number(port))))
  const start = performance.now()
  const end = start + durationMs
  try {
    const answered = await Promise.all(sockets.map((socket) => ask(socket, next, () => performance.now() < end)))
    const seconds = (performance.now() - start) / 1000
    return answered.reduce((sum, count) => sum + count, 0) / seconds
  } finally {
    for (const socket of sockets) socket.destroy()
  }
}

/** A request as bytes. */
export function request(method: string, path: string, options: { token: string; body?: unknown }): Buffer {
  const body = options.body === undefined ? '' : JSON.stringify(options.body)
  const type = body === '' ? '' : 'Content-Type: application/json\r\n'
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${options.token}\r\n${type}` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

async function open(host: string, port: number): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true })
  await once(socket, 'connect')
  return socket
}

function ask(socket: Socket, next: () => Buffer, goesOn: () => boolean): Promise<number> {
  const done = Promise.withResolvers<number>()
  let answered = 0
  let pending: Buffer = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    const length = answerLength(pending)
    if (length === undefined || pending.length < length) return
    if (pending[SUCCESS_AT] !== SUCCESS) return done.reject(new Error(`Refused:\n${pending}`))
    pending = pending.subarray(length)
    answered += 1
    if (goesOn()) socket.write(next())
    else done.resolve(answered)
  })
  socket.on('error', done.reject)
  socket.on('close', () => done.reject(new Error('The server closed a connection.')))
  socket.write(next())
  return done.promise
}

/** Where the first digit of the status is in `HTTP/1.1 202`. */
const SUCCESS_AT = 9
const SUCCESS = '2'.charCodeAt(0)
const CHUNKED = /\r\ntransfer-encoding: chunked/i
/** Text such as JSON has no such line in it. */
const LAST_CHUNK = '\r\n0\r\n\r\n'
const LENGTH = /\r\ncontent-length: (\d+)/i

/** How many bytes the first answer has in all; undefined while its head is incomplete. */
function answerLength(bytes: Buffer): number | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd === -1) return undefined
  const head = bytes.toString('latin1', 0, headEnd)
  if (CHUNKED.test(head)) {
    const end = bytes.indexOf(LAST_CHUNK, headEnd)
    return end === -1 ? undefined : end + LAST_CHUNK.length
  }
  const length = LENGTH.exec(head)?.[1]
  if (length === undefined) throw new Error(`An answer without a length:\n${bytes}`)
  return headEnd + 4 + Number(length)
}
