import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { chmod, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { openAnchorSink } from './open-anchor-sink.ts'
import { sendToLocalSyslog } from './syslog.ts'

/** RFC 5424: priority, version, time, host, program, process, kind of message, no structured data, text. */
const MESSAGE = /^<86>1 \d{4}-\d\d-\d\dT[\d:.]+Z [!-~]+ portreeve \d+ AUDIT-ANCHOR - 7 ab now 7$/

test('appends lines to a file, behind what is in it', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'portreeve-anchors-'))
  const path = join(directory.path, 'audit.anchors')
  await openAnchorSink(path)('1 ab now 1')
  await openAnchorSink(path)('2 cd now 1')
  assert.equal(await readFile(path, 'utf8'), '1 ab now 1\n2 cd now 1\n')
})

test('begins a line of its own behind one that was cut off', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'portreeve-anchors-'))
  const path = join(directory.path, 'audit.anchors')
  await writeFile(path, '1 ab now 1')
  await openAnchorSink(path)('2 cd now 1')
  assert.equal(await readFile(path, 'utf8'), '1 ab now 1\n2 cd now 1\n')
})

test('rejects where no file can be written', async () => {
  await assert.rejects(openAnchorSink(join(tmpdir(), 'portreeve-no-such-directory', 'file'))('1 ab now 1'), /ENOENT/)
})

test('sends a message of RFC 5424 by UDP', async () => {
  const server = createSocket('udp4').bind(0, '127.0.0.1')
  await once(server, 'listening')
  const received = once(server, 'message')
  await openAnchorSink(`syslog://127.0.0.1:${server.address().port}`)('7 ab now 7')
  const [message] = await received
  server.close()
  assert.match(String(message), MESSAGE)
})

test('sends a message of RFC 5424 by TCP, with its length before it', async () => {
  const received = Promise.withResolvers<string>()
  const server = createServer((socket) => void text(socket).then(received.resolve, received.reject)).listen(
    0,
    '127.0.0.1',
  )
  await once(server, 'listening')
  await openAnchorSink(`syslog+tcp://127.0.0.1:${(server.address() as AddressInfo).port}`)('7 ab now 7')
  const [, length, message = ''] = /^(\d+) (.*)$/s.exec(await received.promise) ?? []
  server.close()
  assert.match(message, MESSAGE)
  assert.equal(Number(length), Buffer.byteLength(message))
})

test('rejects when no syslog server takes the message by TCP', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  await assert.rejects(openAnchorSink(`syslog+tcp://127.0.0.1:${port}`)('7 ab now 7'), /ECONNREFUSED/)
})

test('gives the line to logger as one argument', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'portreeve-anchors-'))
  const [program, said] = [join(directory.path, 'logger'), join(directory.path, 'said')]
  await writeFile(program, `#!/bin/sh\nprintf '%s|' "$@" > '${said}'\n`)
  await chmod(program, 0o755)
  await sendToLocalSyslog('7 ab now 7', program)
  assert.equal(await readFile(said, 'utf8'), '-t|portreeve|-p|authpriv.info|--|7 ab now 7|')
})
