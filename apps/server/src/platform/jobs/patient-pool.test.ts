import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { setImmediate as turnOfEvents } from 'node:timers/promises'
import { testDatabase } from '../database/test-database.ts'
import { openPatientPool } from './patient-pool.ts'

const OPTIONS = { poolSize: 1, applicationName: 'test-patience' }
const forever = new AbortController().signal

test('a statement that is cut off fails so that it is tried again', async () => {
  await using database = await testDatabase({ empty: true })
  const pool = openPatientPool({ url: database.url, ...OPTIONS, stopping: forever })
  const client = await pool.connect()
  await assert.rejects(client.query('select pg_terminate_backend(pg_backend_pid())'), { code: '40001' })
  client.release(true)
  assert.deepEqual((await pool.query('select 1 as one')).rows, [{ one: 1 }])
  await pool.end()
})

test('who wants a connection waits for a database that is away, until the patience ends', async () => {
  // Takes every connection, and hangs up.
  const asked = Promise.withResolvers<void>()
  let times = 0
  const away = createServer((socket) => {
    socket.destroy()
    times += 1
    if (times === 2) asked.resolve()
  }).listen(0, '127.0.0.1')
  await once(away, 'listening')
  const address = away.address()
  const port = typeof address === 'object' ? address?.port : 0
  const patience = new AbortController()
  const url = `postgres://nobody@127.0.0.1:${port}/none`
  const pool = openPatientPool({ url, ...OPTIONS, stopping: patience.signal })
  const connected = pool.connect()
  await asked.promise
  patience.abort()
  await assert.rejects(connected)
  await pool.end()
  away.close()
})

test('who wants a connection of a pool that has ended waits in vain, and is told of no failure', async () => {
  await using database = await testDatabase({ empty: true })
  const pool = openPatientPool({ url: database.url, ...OPTIONS, stopping: AbortSignal.abort() })
  await pool.end()
  const outcome = pool.connect().then(
    () => 'connected',
    () => 'failed',
  )
  assert.equal(await Promise.race([outcome, turnOfEvents('waits')]), 'waits')
})

test('what is wrong with a statement stays what it is', async () => {
  await using database = await testDatabase({ empty: true })
  const pool = openPatientPool({ url: database.url, ...OPTIONS, stopping: forever })
  const client = await pool.connect()
  await assert.rejects(client.query('select nonsense'), { code: '42703' })
  client.release()
  await pool.end()
})
