import type { Area } from '../../parts/area.ts'
import { holdsAny } from '../../parts/rights.ts'

/** How the organisation is run. */
export const settings: Area = {
  path: 'settings',
  title: 'Settings',
  group: 'Administration',
  mayOpen: (session) => holdsAny(session, 'allow_view_settings', 'allow_modify_settings'),
  pages: [{ path: '', title: 'Settings', load: async () => (await import('./settings-page.tsx')).SettingsPage }],
}
