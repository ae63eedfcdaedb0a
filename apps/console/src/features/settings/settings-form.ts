import type { Settings, SettingsChange } from '@portreeve/client'

/** Settings as they are edited: a schedule or a number that there is none of is an empty text. */
export type SettingsForm = ReturnType<typeof toForm>

export function toForm(settings: Settings) {
  return {
    ...settings,
    enforcementSchedule: settings.enforcementSchedule ?? '',
    directorySyncSchedule: settings.directorySyncSchedule ?? '',
    directoryRemovalShare: String(settings.directoryRemovalShare),
    secretReminderDays: settings.secretReminderDays === null ? '' : String(settings.secretReminderDays),
  }
}

/** What of the form is not as it was: what another admin has changed meanwhile is not sent, and so stays. */
export function changesOf(before: Settings, form: SettingsForm): SettingsChange {
  const wanted: Settings = {
    ...form,
    enforcementSchedule: form.enforcementSchedule.trim() || null,
    directorySyncSchedule: form.directorySyncSchedule.trim() || null,
    directoryRemovalShare: Number(form.directoryRemovalShare),
    secretReminderDays: form.secretReminderDays === '' ? null : Number(form.secretReminderDays),
  }
  const names = Object.keys(wanted) as (keyof Settings)[]
  return Object.fromEntries(names.filter((name) => wanted[name] !== before[name]).map((name) => [name, wanted[name]]))
}
