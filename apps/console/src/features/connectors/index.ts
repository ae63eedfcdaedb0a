import type { Area } from '../../parts/area.ts'
import { holdsAny } from '../../parts/rights.ts'

/** Installations and logins of client applications: locked, wiped, taken away. */
export const connectors: Area = {
  path: 'connectors',
  title: 'Devices',
  group: 'Apps and devices',
  mayOpen: (session) => holdsAny(session, 'allow_view_users', 'allow_modify_users'),
  pages: [
    { path: '', title: 'Devices', load: async () => (await import('./connectors-page.tsx')).ConnectorsPage },
    {
      path: 'changes/:jobId',
      title: 'Change of many devices',
      load: async () => (await import('./bulk-change-page.tsx')).BulkChangePage,
    },
    { path: ':connectorId', title: 'Device', load: async () => (await import('./connector-page.tsx')).ConnectorPage },
  ],
}
