import type { ScheduledSettings } from './settings.ts'

/** The settings of each organisation; one that never changed any has the defaults. */
export interface SettingsStore {
  read(organisation: number): Promise<ScheduledSettings>
}

/** Settings under change. */
export interface ChangeableSettings {
  /** Takes the organisation's turn first, so that no proposal is settled by old settings after these are saved. */
  readForChange(organisation: number): Promise<ScheduledSettings>
  save(organisation: number, settings: ScheduledSettings): Promise<void>
}
