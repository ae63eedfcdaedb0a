import type { Reminder } from '../features/credentials/index.ts'
import { systemClock } from '../kernel/clock.ts'
import type { Connection } from '../platform/database/database.ts'
import { addJob, type JobHandler } from '../platform/jobs/job-runner.ts'
import type { Parts } from './parts.ts'

const DRAIN_QUEUE = 'drain_queue'
const SWEEP = 'sweep_publications'
const APPLY = 'apply_scheduled'
const SCHEDULE_SYNCS = 'schedule_syncs'
const SYNC = 'sync_directories'
const PURGE = 'purge_expired'
const SWEEP_OAUTH = 'sweep_oauth'
const DELETE_UNUSED = 'delete_unused_connectors'
const SEND_CONFIRMATION = 'send_confirmation'
const RUN_BULK = 'run_bulk_job'
const RESUME_BULK = 'resume_bulk_jobs'
const REWRAP_KEYS = 'rewrap_keys'
const REMIND = 'remind_of_old_secrets'
const SEND_REMINDER = 'send_reminder'

/** A chunk of a bulk job takes much less: whoever began it is gone, or waits for something. */
const BULK_IDLE_MS = 30_000

export const CRONTAB = [
  `* * * * * ${SWEEP}`,
  `* * * * * ${APPLY}`,
  `* * * * * ${SCHEDULE_SYNCS}`,
  `* * * * * ${RESUME_BULK}`,
  `* * * * * ${REWRAP_KEYS}`,
  `*/10 * * * * ${SWEEP_OAUTH}`,
  `17 3 * * * ${PURGE}`,
  `47 3 * * * ${DELETE_UNUSED}`,
  `17 6 * * * ${REMIND}`,
].join('\n')

/** What the parts ask for within a transaction, to be done soon after it. */
export const enqueue = {
  drain: (tx: Connection, organisation: number) =>
    addJob(tx, { name: DRAIN_QUEUE, payload: { organisation }, key: `${DRAIN_QUEUE}_${organisation}` }),
  sync: (tx: Connection, organisation: number) =>
    addJob(tx, { name: SYNC, payload: { organisation }, key: `${SYNC}_${organisation}` }),
  confirmation: (tx: Connection, connector: number) =>
    addJob(tx, { name: SEND_CONFIRMATION, payload: { connector }, key: `${SEND_CONFIRMATION}_${connector}` }),
  bulk: (tx: Connection, job: string) => addJob(tx, { name: RUN_BULK, payload: { job }, key: `${RUN_BULK}_${job}` }),
  reminder: (tx: Connection, reminder: Reminder) =>
    addJob(tx, {
      name: SEND_REMINDER,
      payload: reminder,
      key: `${SEND_REMINDER}_${reminder.userId}_${reminder.credentials[0]}`,
    }),
  rewrapping: (tx: Connection) => addJob(tx, { name: REWRAP_KEYS, payload: {}, key: REWRAP_KEYS }),
} as const

export function jobsOf(parts: Parts): Readonly<Record<string, JobHandler>> {
  const {
    signIn,
    model,
    enforcement,
    directorySync,
    clientApi,
    connectors,
    bulkJobs,
    keys,
    credentials,
    oauth,
    decisions,
  } = parts
  return {
    [DRAIN_QUEUE]: (payload) => model.proposals.drain(organisationOf(payload)),
    [SWEEP]: () => enforcement.sweep(),
    [APPLY]: () => enforcement.applyScheduled(systemClock.now()),
    [SCHEDULE_SYNCS]: () => directorySync.scheduleDue(systemClock.now()),
    [SYNC]: (payload) => directorySync.syncOrganisation(organisationOf(payload)),
    [SEND_CONFIRMATION]: (payload) => clientApi.sendConfirmation((payload as { readonly connector: number }).connector),
    [REWRAP_KEYS]: () => keys.rewrap(),
    [REMIND]: () => credentials.remind(),
    [SEND_REMINDER]: (payload) => credentials.sendReminder(payload as Reminder),
    [RUN_BULK]: (payload, stopping) => bulkJobs.run((payload as { readonly job: string }).job, stopping),
    [RESUME_BULK]: () => bulkJobs.resume(BULK_IDLE_MS),
    [SWEEP_OAUTH]: () => oauth.sweep(),
    [PURGE]: async () => {
      await signIn.purgeExpired()
      await clientApi.purge()
      await bulkJobs.forget()
      await oauth.purge()
      await decisions.purge()
    },
    [DELETE_UNUSED]: async () => {
      await connectors.deleteUnused()
    },
  }
}

// As it was enqueued above.
function organisationOf(payload: unknown): number {
  return (payload as { readonly organisation: number }).organisation
}
