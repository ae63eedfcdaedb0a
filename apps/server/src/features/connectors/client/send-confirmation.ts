import type { Clock } from '../../../kernel/clock.ts'
import type { SecretSource } from './client-deps.ts'
import type { ClientStore } from './client-store.ts'
import { confirmationMail } from './confirmation-mail.ts'

export interface SendConfirmationDeps {
  readonly clock: Clock
  readonly secrets: SecretSource
  readonly clients: Pick<ClientStore, 'findUnconfirmed' | 'addCode'>
  readonly mailer: { send(mail: Mail): Promise<void> }
  /** How the user's browser reaches this server. */
  readonly baseUrl: string
}

interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** From when the mail is sent. */
const CODE_VALID_MS = 24 * 60 * 60 * 1000

/**
 * Sends the mail that asks a connector's user to confirm it, for a job: when the mail server is down this throws, and is
 * called again. The code is made here and kept as its hash, so neither the job nor the database ever holds it. Each
 * attempt makes another and all stay good: a mail may have gone out although the mail server did not say so.
 */
export async function sendConfirmation(deps: SendConfirmationDeps, connector: number): Promise<void> {
  const unconfirmed = await deps.clients.findUnconfirmed(connector)
  // Confirmed, disabled or deleted by now.
  if (!unconfirmed) return
  const code = deps.secrets.next()
  const expiresAt = new Date(deps.clock.now().getTime() + CODE_VALID_MS)
  await deps.clients.addCode({ hash: deps.secrets.digest(code), connector, expiresAt })
  await deps.mailer.send({
    to: unconfirmed.email,
    ...confirmationMail(unconfirmed, `${deps.baseUrl}/v1/client/confirm/?code=${code}`),
  })
}
