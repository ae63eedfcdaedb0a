/** A process full of clients, on bare sockets, so that they take little of the processor from the server. */
import { connect, type Socket } from 'node:net'
import process from 'node:process'
import { type Crowd, type CrowdNews, type CrowdOrder, secretOf } from './crowd-message.ts'

/** So many connect, or ask, at a time: more would overflow the server's backlog. */
const AT_ONCE = 100
const waiting = new Set<Socket>()

process.on('message', (order: CrowdOrder) => {
  obey(order).then(
    () => say({ event: 'done' }),
    (error: unknown) => say({ event: 'failed', why: String(error) }),
  )
})
// Nobody is left to wait for.
process.on('disconnect', () => process.exit())

async function obey(order: CrowdOrder): Promise<void> {
  if (order.act === 'wait') return forEach(order.crowd, wait)
  if (order.act === 'check in') return forEach(order.crowd, checkIn)
  for (const socket of waiting) part(socket)
}

function part(socket: Socket): void {
  waiting.delete(socket)
  socket.removeAllListeners('close').destroy()
}

function say(news: CrowdNews): void {
  process.send?.(news)
}

async function forEach(crowd: Crowd, act: (crowd: Crowd, connector: number) => Promise<void>): Promise<void> {
  let next = crowd.from
  const work = async () => {
    while (next <= crowd.to) {
      const connector = next
      next += 1
      await act(crowd, connector)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

/** Resolves when the poll is sent. */
function wait({ port, address }: Crowd, connector: number): Promise<void> {
  const poll = request(connector, 60)
  const sent = Promise.withResolvers<void>()
  const socket = connect({ host: '127.0.0.1', port, localAddress: address, noDelay: true })
  waiting.add(socket)
  socket.once('connect', () => socket.write(poll, () => sent.resolve()))
  socket.on('data', (answer) => {
    if (orderIn(answer) === 'none') return socket.write(poll)
    say({ event: 'told', at: Date.now() })
    part(socket)
  })
  socket.on('error', (error) => sent.reject(error))
  socket.on('close', () => say({ event: 'failed', why: `The server closed the connection of ${connector}.` }))
  return sent.promise
}

/** Resolves when it is answered. */
function checkIn({ port, address }: Crowd, connector: number): Promise<void> {
  const answered = Promise.withResolvers<void>()
  const socket = connect({ host: '127.0.0.1', port, localAddress: address, noDelay: true })
  socket.once('connect', () => socket.write(request(connector, 0)))
  socket.once('data', (answer) => {
    orderIn(answer)
    socket.destroy()
    answered.resolve()
  })
  socket.on('error', answered.reject)
  return answered.promise
}

function request(connector: number, seconds: number): string {
  return (
    `GET /v1/client/status/?wait=${seconds} HTTP/1.1\r\nHost: 127.0.0.1\r\n` +
    `Authorization: Bearer ${secretOf(connector)}\r\n\r\n`
  )
}

/** Answers are so small that they come in one piece. */
function orderIn(answer: Buffer | string): string {
  const [head = '', body = ''] = String(answer).split('\r\n\r\n')
  if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(`Refused:\n${head}\n\n${body}`)
  return (JSON.parse(body) as { readonly order: string }).order
}
