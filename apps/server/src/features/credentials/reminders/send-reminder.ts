import type { Clock } from '../../../kernel/clock.ts'
import type { OldSecret, Reminder, ReminderReads } from './reminder-store.ts'

interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

export interface SendReminderDeps {
  readonly clock: Clock
  readonly reminders: ReminderReads
  readonly mailer: { send(mail: Mail): Promise<void> }
  /** How the steward's browser reaches this server. */
  readonly baseUrl: string
}

const DAY_MS = 24 * 60 * 60 * 1000

/** Sends one reminder, for a job: when the mail server is down this throws, and is called again. */
export async function sendReminder(deps: SendReminderDeps, reminder: Reminder): Promise<void> {
  const found = await deps.reminders.findForMail(reminder)
  if (!found || found.secrets.length === 0) return
  const { email, name, secrets } = found
  const lines = secrets.map((secret) => describe(secret, deps))
  await deps.mailer.send({
    to: email,
    subject: secrets.length === 1 ? 'A password should be changed' : `${secrets.length} passwords should be changed`,
    text: `Hello ${name},

you look after data sources. The passwords of these login credentials have not been changed for long:

${lines.join('\n\n')}

Change each in its database, and then here.
`,
  })
}

function describe({ id, name, setAt, dataSources }: OldSecret, { clock, baseUrl }: SendReminderDeps): string {
  const days = Math.floor((clock.now().getTime() - setAt.getTime()) / DAY_MS)
  const places = dataSources.map((each) => `"${each}"`).join(', ')
  return `  "${name}", for ${days} days; of ${places}\n  ${baseUrl}/identityobject/view.spg?key=${id}`
}
