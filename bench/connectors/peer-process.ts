/**
 * The least that does the same, without us: node:http, the driver, one statement that finds the connector, one LISTEN.
 * Tells its parent the port that it listens on.
 */
import { createHash } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import process from 'node:process'
import pg from 'pg'

// Whoever asks waits for a connection as long as it takes.
const pool = new pg.Pool({ connectionString: process.env['BENCH_DATABASE_URL'], max: 16 })
pool.on('error', () => undefined)
const waiting = new Map<number, ServerResponse>()
const listener = await pool.connect()
listener.on('notification', ({ payload }) => {
  const connector = Number(payload)
  const response = waiting.get(connector)
  if (response) answer(response, connector, 'wipe')
})
// The database may end before we do.
listener.on('error', () => undefined)
await listener.query('listen connector')
const server = createServer(async ({ headers, url = '' }, response) => {
  const secret = headers.authorization?.slice('Bearer '.length) ?? ''
  const { rows } = await pool.query<{ id: number }>({
    name: 'peer.find',
    text: 'select id from connector where secret_hash = $1',
    values: [createHash('sha256').update(secret).digest()],
  })
  const id = rows[0]?.id ?? 0
  if (url.endsWith('wait=0')) return answer(response, id, 'none')
  waiting.set(id, response)
  const timer = setTimeout(() => answer(response, id, 'none'), 60_000)
  response.once('close', () => {
    clearTimeout(timer)
    waiting.delete(id)
  })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit())

function answer(response: ServerResponse, id: number, order: string): void {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ connector_id: id, order }))
}
