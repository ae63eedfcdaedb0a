import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../audit/index.ts'
import { assertMayChangeSettings, type NextTime, type Settings, scheduleSettings } from './settings.ts'
import type { ChangeableSettings } from './settings-store.ts'

interface Stores {
  readonly settings: ChangeableSettings
  readonly audit: AuditStore
  /** Lets all changes to the organisation's model be enforced that wait for it. */
  applyAll(organisation: number): Promise<void>
}

export interface ChangeSettingsDeps {
  readonly clock: Clock
  readonly nextTime: NextTime
  /** Has what is outdated generated soon, after the transaction; never waits. */
  requestPublication(organisation: number): void
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface SettingsChange {
  readonly caller: Principal
  readonly requestId: string
  /** What is not given stays. */
  readonly changes: { readonly [K in keyof Settings]?: Settings[K] | undefined }
}

/** Changes settings. Where updates are no longer batched, nothing is left to wait: all of it is enforced. */
export async function changeSettings(deps: ChangeSettingsDeps, change: SettingsChange): Promise<Settings> {
  const { caller, requestId } = change
  assertMayChangeSettings(caller)
  const { organisation } = caller
  const at = deps.clock.now()
  const changed = await deps.inTransaction(async ({ settings, audit, applyAll }) => {
    const before = await settings.readForChange(organisation)
    const wanted = { ...settingsOf(before), ...given(change.changes) }
    const after = scheduleSettings(before, wanted, (expression) => deps.nextTime(expression, at))
    if (isDeepStrictEqual(settingsOf(before), wanted)) return wanted
    await settings.save(organisation, after)
    if (before.batchedUpdates && !after.batchedUpdates) await applyAll(organisation)
    await audit.record({
      organisation,
      at,
      actor: actorOf(caller),
      action: 'settings.change',
      object: { type: 'organisation', id: String(organisation) },
      details: { before: settingsOf(before), after: wanted },
      requestId,
    })
    return wanted
  })
  deps.requestPublication(organisation)
  return changed
}

function settingsOf(settings: Settings): Settings {
  return {
    batchedUpdates: settings.batchedUpdates,
    enforcementSchedule: settings.enforcementSchedule,
    localUsers: settings.localUsers,
    directorySyncSchedule: settings.directorySyncSchedule,
    directoryRemovalShare: settings.directoryRemovalShare,
    checkoutReasonRequired: settings.checkoutReasonRequired,
    secretReminderDays: settings.secretReminderDays,
  }
}

function given(changes: SettingsChange['changes']): Partial<Settings> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
}
