import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { withCause } from '../../kernel/errors.ts'
import type { Mailer } from './mail.ts'
import { mailErrors } from './mail-errors.ts'
import { toMessage } from './message.ts'

const UNFINISHED = '.part'

/**
 * Puts each mail into the directory as `<time>-<id>.eml`, for a server that has no mail server to send it through. The
 * directory is the server's account's alone: mails hold codes. A file is there whole or not at all.
 */
export async function openOutbox(directory: string, from: string): Promise<Mailer> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const leftovers = (await readdir(directory)).filter((name) => name.endsWith(UNFINISHED))
  await Promise.all(leftovers.map((name) => rm(join(directory, name), { force: true })))
  // RFC 5322, 2.3: lines end in CRLF.
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    async send(mail) {
      try {
        const { message } = await transport.sendMail(toMessage(mail, from))
        if (!(message instanceof Uint8Array)) throw new Error('The mail was not rendered into a buffer.')
        await putWhole(directory, message)
      } catch (error) {
        throw withCause(mailErrors.not_sent(), error)
      }
    },
    async [Symbol.asyncDispose]() {
      transport.close()
    },
  }
}

async function putWhole(directory: string, message: Uint8Array): Promise<void> {
  const name = `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${randomUUID()}.eml`
  const unfinished = join(directory, `${name}${UNFINISHED}`)
  try {
    const handle = await open(unfinished, 'wx', 0o600)
    try {
      await handle.writeFile(message)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(unfinished, join(directory, name))
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}
