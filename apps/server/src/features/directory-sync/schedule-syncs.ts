import { AppError } from '../../kernel/errors.ts'
import { systemPrincipal } from '../../kernel/principal.ts'
import type { NextTime } from '../settings/index.ts'
import type { SyncSchedule, SyncStore } from './sync-store.ts'
import { type SyncTeamDeps, syncTeam } from './sync-team.ts'

export interface ScheduleSyncsDeps {
  readonly nextTime: NextTime
  readonly schedule: SyncSchedule
  inTransaction<T>(
    work: (stores: {
      readonly schedule: SyncSchedule
      /** Has all managed teams of the organisation synchronised soon. */
      enqueue(organisation: number): Promise<void>
    }) => Promise<T>,
  ): Promise<T>
}

/** Has the directories of those organisations read whose time has come; each once, on whichever node. */
export async function scheduleSyncs(
  { nextTime, schedule, inTransaction }: ScheduleSyncsDeps,
  now: Date,
): Promise<void> {
  for (const due of await schedule.listDue(now)) {
    await inTransaction(async (stores) => {
      const claimed = await stores.schedule.claim(due, nextTime(due.schedule, now) ?? null)
      if (claimed) await stores.enqueue(due.organisation)
    })
  }
}

export interface SyncOrganisationDeps extends SyncTeamDeps {
  readonly syncs: SyncStore
  /** Told of a team whose sync did not go through: it is noted with the team as well. */
  onFailure(team: string, error: AppError): void
}

/** Synchronises every managed team, those above before those below; one that fails keeps its members and stops no other. */
export async function syncOrganisation(deps: SyncOrganisationDeps, organisation: number): Promise<void> {
  const caller = systemPrincipal(organisation)
  for (const id of await deps.syncs.listManaged(organisation)) {
    try {
      await syncTeam(deps, { caller, requestId: `sync-${deps.ids.next()}`, teamId: id })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      deps.onFailure(id, error)
    }
  }
}
