import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  /** Header and body as they came. */
  readonly text: string
}

/** A real mail server that keeps what it is sent. */
export interface MailServer extends AsyncDisposable {
  readonly url: string
  readonly port: number
  readonly received: readonly ReceivedMail[]
}

export interface MailServerOptions {
  /** Any free one unless told. */
  readonly port?: number
  /** With this, no recipient is taken. */
  readonly refuse?: string
}

export async function startMailServer({ port = 0, refuse }: MailServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    // Without certificates there is no TLS to offer.
    hideSTARTTLS: true,
    closeTimeout: 100,
    onRcptTo: (_address, _session, done) => done(refuse === undefined ? null : new Error(refuse)),
    onData: (stream, { envelope }, done) => {
      text(stream).then((content) => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        received.push({ from, to: envelope.rcptTo.map(({ address }) => address), text: content })
        done()
      }, done)
    },
  })
  // Clients that go away while the server closes.
  server.on('error', () => undefined)
  const listening = server.listen(port, '127.0.0.1')
  await once(listening, 'listening')
  const taken = (listening.address() as AddressInfo).port
  return {
    url: `smtp://127.0.0.1:${taken}`,
    port: taken,
    received,
    async [Symbol.asyncDispose]() {
      const closed = Promise.withResolvers<void>()
      server.close(closed.resolve)
      await closed.promise
    },
  }
}
