import type { Mailer } from './mail.ts'
import { openOutbox } from './outbox.ts'
import { smtpMailer } from './smtp-mailer.ts'

export interface MailerOptions {
  /** `smtp:` or `smtps:`; without it mail is put into the outbox. */
  readonly smtpUrl?: string
  /** Who the mail comes from. */
  readonly from: string
  /** Where the outbox is, if it is wanted. */
  readonly outboxDir: string
}

/** The way mail goes out here: through the mail server that is configured, or into a folder. */
export async function openMailer({ smtpUrl, from, outboxDir }: MailerOptions): Promise<Mailer> {
  return smtpUrl === undefined ? openOutbox(outboxDir, from) : smtpMailer(smtpUrl, from)
}
