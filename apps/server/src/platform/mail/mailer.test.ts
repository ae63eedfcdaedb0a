import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openMailer } from './open-mailer.ts'
import { startMailServer } from './testing/mail-server.ts'

const FROM = 'gate@example.org'
const MAIL = { to: 'ann@example.org', subject: 'Grüße', text: 'A line.\n\nAnother, with ünïcode.\n' }

async function temporaryDirectory() {
  const path = await mkdtemp(join(tmpdir(), 'portreeve-mail-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

test('puts mails into the outbox whole, one file each, for the server alone to read', async () => {
  await using directory = await temporaryDirectory()
  const outboxDir = join(directory.path, 'outbox')
  await using mailer = await openMailer({ from: FROM, outboxDir })
  await Promise.all([mailer.send(MAIL), mailer.send(MAIL)])
  const names = await readdir(outboxDir)
  assert.equal(names.length, 2)
  for (const name of names) {
    assert.match(name, /\.eml$/)
    const file = join(outboxDir, name)
    assert.equal((await stat(file)).mode & 0o077, 0)
    const text = await readFile(file, 'utf8')
    assert.match(text, /^From: Portreeve <gate@example\.org>\r\n/m)
    assert.match(text, /^To: ann@example\.org\r\n/m)
    assert.match(text, /^Auto-Submitted: auto-generated\r\n/m)
  }
})

test('clears away what a crash left half written', async () => {
  await using directory = await temporaryDirectory()
  await writeFile(join(directory.path, 'x.eml.part'), 'half')
  await using _mailer = await openMailer({ from: FROM, outboxDir: directory.path })
  assert.deepEqual(await readdir(directory.path), [])
})

test('tells when the outbox takes nothing', async () => {
  await using directory = await temporaryDirectory()
  const outboxDir = join(directory.path, 'outbox')
  await using mailer = await openMailer({ from: FROM, outboxDir })
  await rm(outboxDir, { recursive: true })
  await assert.rejects(mailer.send(MAIL), { code: 'mail.not_sent' })
})

test('sends to one person through a mail server', async () => {
  await using server = await startMailServer()
  await using mailer = await openMailer({ smtpUrl: server.url, from: FROM, outboxDir: '/nowhere' })
  await mailer.send(MAIL)
  await mailer.send({ ...MAIL, to: '"a,b"@example.org' })
  assert.deepEqual(
    server.received.map(({ from, to }) => ({ from, to })),
    [
      { from: FROM, to: ['ann@example.org'] },
      { from: FROM, to: ['"a,b"@example.org'] },
    ],
  )
  assert.match(server.received[0]?.text ?? '', /^Subject: =\?UTF-8\?Q\?Gr=C3=BC=C3=9Fe\?=/m)
})

test('fails while the mail server is down, and sends once it is up again', async () => {
  const first = await startMailServer()
  const { port } = first
  await using mailer = await openMailer({ smtpUrl: first.url, from: FROM, outboxDir: '/nowhere' })
  await mailer.send(MAIL)
  await first[Symbol.asyncDispose]()
  await assert.rejects(mailer.send(MAIL), { code: 'mail.not_sent' })
  await using second = await startMailServer({ port })
  await mailer.send(MAIL)
  assert.equal(second.received.length, 1)
})

test('fails when the mail server refuses the mail, and says nothing of why to the caller', async () => {
  await using server = await startMailServer({ refuse: 'nobody of that name here' })
  await using mailer = await openMailer({ smtpUrl: server.url, from: FROM, outboxDir: '/nowhere' })
  await assert.rejects(mailer.send(MAIL), (error: Error) => {
    assert.doesNotMatch(error.message, /nobody/)
    assert.match(String((error.cause as Error).message), /nobody of that name/)
    return true
  })
})

test('sends no password over an open line', async () => {
  await using server = await startMailServer()
  const smtpUrl = server.url.replace('//', '//user:secret@')
  await using mailer = await openMailer({ smtpUrl, from: FROM, outboxDir: '/nowhere' })
  await assert.rejects(mailer.send(MAIL), { code: 'mail.not_sent' })
  assert.equal(server.received.length, 0)
})
