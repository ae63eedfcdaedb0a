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
const DELETE_UNUSED = 'delete_unused_connectors'
const SEND_CONFIRMATION = 'send_confirmation'

export const CRONTAB = [
  `* * * * * ${SWEEP}`,
  `* * * * * ${APPLY}`,
  `* * * * * ${SCHEDULE_SYNCS}`,
  `17 3 * * * ${PURGE}`,
  `47 3 * * * ${DELETE_UNUSED}`,
].join('\n')

/** What the parts ask for within a transaction, to be done soon after it. */
export const enqueue = {
  drain: (tx: Connection, organisation: number) =>
    addJob(tx, { name: DRAIN_QUEUE, payload: { organisation }, key: `${DRAIN_QUEUE}_${organisation}` }),
  sync: (tx: Connection, organisation: number) =>
    addJob(tx, { name: SYNC, payload: { organisation }, key: `${SYNC}_${organisation}` }),
  confirmation: (tx: Connection, connector: number) =>
    addJob(tx, { name: SEND_CONFIRMATION, payload: { connector }, key: `${SEND_CONFIRMATION}_${connector}` }),
} as const

export function jobsOf(parts: Parts): Readonly<Record<string, JobHandler>> {
  const { signIn, model, enforcement, directorySync, clientApi, connectors } = parts
  return {
    [DRAIN_QUEUE]: (payload) => model.proposals.drain(organisationOf(payload)),
    [SWEEP]: () => enforcement.sweep(),
    [APPLY]: () => enforcement.applyScheduled(systemClock.now()),
    [SCHEDULE_SYNCS]: () => directorySync.scheduleDue(systemClock.now()),
    [SYNC]: (payload) => directorySync.syncOrganisation(organisationOf(payload)),
    [SEND_CONFIRMATION]: (payload) => clientApi.sendConfirmation((payload as { readonly connector: number }).connector),
    [PURGE]: async () => {
      await signIn.purgeExpired()
      await clientApi.purge()
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
