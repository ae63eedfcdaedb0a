import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { BerReader, BerWriter } from 'ldapts'

/** A page of a scripted answer: how many entries it has, and where to go on, if anywhere. */
export interface ScriptedPage {
  readonly entries: number
  readonly cookie: string
}

export interface ScriptedDirectory extends AsyncDisposable {
  readonly url: string
  /** Cookies that searches came with, `''` for none. */
  readonly asked: readonly string[]
}

// Tags of RFC 4511, 4.5.2 and 4.1.11.
const SEARCH_ENTRY = 0x64
const SEARCH_DONE = 0x65
const CONTROLS = 0xa0
const OCTETS = 0x04
const SEQUENCE = 0x30
const PAGED_RESULTS = '1.2.840.113556.1.4.319'

/** For tests: a directory that answers one search after another with these pages, as OpenLDAP would not. */
export async function startScriptedDirectory(pages: readonly ScriptedPage[]): Promise<ScriptedDirectory> {
  const asked: string[] = []
  const waiting = [...pages]
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket
      .on('error', () => undefined)
      .on('data', (request: Buffer) => {
        const page = waiting.shift()
        if (!page) return
        asked.push(cookieIn(request))
        socket.write(answer(messageIdOf(request), page))
      })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  return {
    url: `ldap://127.0.0.1:${address.port}`,
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function messageIdOf(request: Buffer): number {
  const reader = new BerReader(request)
  reader.readSequence()
  return reader.readInt() ?? 0
}

/** The control is the last part of a request, and the cookie the last of that. */
function cookieIn(request: Buffer): string {
  const at = request.lastIndexOf(PAGED_RESULTS)
  return /cookie \d+$/.exec(request.subarray(at).toString('latin1'))?.[0] ?? ''
}

function answer(messageId: number, { entries, cookie }: ScriptedPage): Buffer {
  const found = Array.from({ length: entries }, (_, index) =>
    message(messageId, (writer) => {
      writer.startSequence(SEARCH_ENTRY)
      writer.writeString(`uid=${index}`)
      writer.startSequence()
      writer.endSequence()
      writer.endSequence()
    }),
  )
  return Buffer.concat([...found, message(messageId, (writer) => writeDone(writer, cookie))])
}

function writeDone(writer: BerWriter, cookie: string): void {
  writer.startSequence(SEARCH_DONE)
  writer.writeEnumeration(0)
  writer.writeString('')
  writer.writeString('')
  writer.endSequence()
  const value = new BerWriter()
  value.startSequence()
  value.writeInt(0)
  value.writeString(cookie)
  value.endSequence()
  writer.startSequence(CONTROLS)
  writer.startSequence(SEQUENCE)
  writer.writeString(PAGED_RESULTS)
  writer.writeBuffer(value.buffer, OCTETS)
  writer.endSequence()
  writer.endSequence()
}

function message(messageId: number, write: (writer: BerWriter) => void): Buffer {
  const writer = new BerWriter()
  writer.startSequence()
  writer.writeInt(messageId)
  write(writer)
  writer.endSequence()
  return writer.buffer
}
