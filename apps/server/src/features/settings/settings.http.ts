import { SettingsBody, SettingsDto } from '@portreeve/contract'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import { type ChangeSettingsDeps, changeSettings } from './change-settings.ts'
import { assertMayViewSettings } from './settings.ts'
import type { SettingsStore } from './settings-store.ts'

export interface SettingsRoutesDeps extends ChangeSettingsDeps {
  readonly settings: SettingsStore
}

const COMMON = { dialect: 'teams', access: 'signed-in', formats: 'json+xml', url: '/api/settings' } as const

/** Operations on an organisation's settings. */
export function settingsRoutes(deps: SettingsRoutesDeps): Route[] {
  return [
    defineRoute({
      ...COMMON,
      name: 'getSettings',
      method: 'GET',
      summary: 'Get the settings of the organisation',
      permission: 'allow_view_settings or allow_modify_settings',
      answers: { 200: { description: 'The settings.', schema: SettingsDto } },
      handle: async ({ caller }) => {
        assertMayViewSettings(caller)
        return { status: 200, body: await deps.settings.read(caller.organisation) }
      },
    }),
    defineRoute({
      ...COMMON,
      name: 'changeSettings',
      method: 'PUT',
      summary: 'Change settings of the organisation: those that are sent',
      permission: 'allow_modify_settings',
      body: SettingsBody,
      answers: { 200: { description: 'The settings as they are now.', schema: SettingsDto } },
      errors: ['settings.bad_schedule'],
      handle: async ({ caller, requestId, body }) => ({
        status: 200,
        body: await changeSettings(deps, { caller, requestId, changes: body }),
      }),
    }),
  ]
}
