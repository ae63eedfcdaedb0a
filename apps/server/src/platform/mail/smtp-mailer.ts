import { createTransport } from 'nodemailer'
import { withCause } from '../../kernel/errors.ts'
import type { Mailer } from './mail.ts'
import { mailErrors } from './mail-errors.ts'
import { toMessage } from './message.ts'

/** Submission (RFC 6409), and submission over TLS (RFC 8314). */
const STANDARD_PORTS: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 }
/** A mail server that says nothing for so long is down; the job that sends tries again later. */
const TIMEOUTS_MS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }
/** Many mails share a connection; a mail server closes idle ones whenever it likes. */
const POOL = { pool: true, maxConnections: 2, maxMessages: 100 } as const

/** Sends through the mail server at `url`, encrypted by STARTTLS where it offers that, or from the start with `smtps:`. */
export function smtpMailer(url: string, from: string): Mailer {
  const { hostname, port, protocol, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const transport = createTransport({
    ...POOL,
    ...TIMEOUTS_MS,
    host: hostname.replace(/^\[(.+)\]$/, '$1'),
    port: Number(port || STANDARD_PORTS[protocol]),
    secure,
    ...(username !== '' && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      // A password goes over no open line.
      requireTLS: !secure,
    }),
    // Nothing that we send is a file or a URL to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // An idle connection was lost; the next mail opens another.
  transport.on('error', () => undefined)
  return {
    async send(mail) {
      try {
        await transport.sendMail(toMessage(mail, from))
      } catch (error) {
        throw withCause(mailErrors.not_sent(), error)
      }
    },
    async [Symbol.asyncDispose]() {
      transport.close()
    },
  }
}
