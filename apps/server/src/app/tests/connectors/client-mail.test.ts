import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { App } from '../../../app.ts'
import { statement } from '../../../platform/database/statement.ts'
import { startMailServer } from '../../../platform/mail/testing/mail-server.ts'
import { DEVICE } from '../../testing/client-server.ts'
import { startWholeServer } from '../../testing/whole-server.ts'

const ADD_USER = statement(
  'test.add-mailed-user',
  `insert into app_user (id, organisation_id, username, email) values ($1, 1, 'ann', 'ann@example.org')`,
)
const JOBS = statement<{ last_error: string | null; payload: unknown }>(
  'test.mail-jobs',
  'select last_error, payload from graphile_worker._private_jobs',
)
const POLL_MS = 20

function post(app: App, call: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(`${app.url}/v1/client/${call}/`, { method: 'POST', headers, body: JSON.stringify(body) })
}

/** Ends only with the test's own time-out if it never holds. */
async function until<T>(find: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await find()
    if (found !== undefined) return found
    await delay(POLL_MS)
  }
}

function codeIn(mail: string): string {
  // Quoted-printable breaks long lines and writes `=` as `=3D` (RFC 2045, 6.7).
  const text = mail.replaceAll(/=\r\n/g, '').replaceAll('=3D', '=')
  return /code=([\w-]{43})/.exec(text)?.[1] ?? ''
}

test('a mail server that is down delays the mail, and it goes out once; its code is in no job and no log', async () => {
  const reserved = await startMailServer()
  await reserved[Symbol.asyncDispose]()
  await using server = await startWholeServer({
    PORTREEVE_SMTP_URL: reserved.url,
    PORTREEVE_MAIL_FROM: 'gate@example.org',
  })
  await server.database.query(ADD_USER, [randomUUID()])
  assert.equal((await post(server.app, 'register', { email: 'ann@example.org', ...DEVICE })).status, 200)
  const job = await until(async () => (await server.database.query(JOBS)).find((each) => each.last_error !== null))
  assert.deepEqual(Object.keys(job.payload as object), ['connector'])
  await using mailServer = await startMailServer({ port: reserved.port })
  const mail = await until(async () => mailServer.received[0])
  assert.equal(mail.from, 'gate@example.org')
  assert.deepEqual(mail.to, ['ann@example.org'])
  const code = codeIn(mail.text)
  assert.equal((await fetch(`${server.app.url}/v1/client/confirm/?code=${code}`)).status, 200)
  assert.equal((await post(server.app, 'confirm', { code })).status, 200)
  await until(async () => ((await server.database.query(JOBS)).length === 0 ? true : undefined))
  assert.equal(mailServer.received.length, 1)
  assert.ok(server.logged.some((line) => line.includes('job failed')))
  assert.ok(!server.logged.some((line) => line.includes(code)))
})

test('without a mail server the mail is in the outbox', async () => {
  await using server = await startWholeServer({})
  await server.database.query(ADD_USER, [randomUUID()])
  await post(server.app, 'register', { email: 'ann@example.org', ...DEVICE })
  const outbox = join(server.dataDir, 'outbox')
  const name = await until(async () => (await readdir(outbox)).find((file) => file.endsWith('.eml')))
  const code = codeIn(await readFile(join(outbox, name), 'utf8'))
  assert.equal((await post(server.app, 'confirm', { code })).status, 200)
})
