import type { CurrentSession } from '@portreeve/client'
import type { Area } from '../../parts/area.ts'
import { holdsAny, isSuperadmin } from '../../parts/rights.ts'

/** OAuth 2.0 clients of the whole installation, for superadmins. */
export const clients: Area = {
  path: 'clients',
  title: 'Client applications',
  group: 'Apps and devices',
  mayOpen: mayManageClients,
  pages: [
    { path: '', title: 'Client applications', load: async () => (await import('./clients-page.tsx')).ClientsPage },
    {
      path: 'new',
      title: 'New client application',
      load: async () => (await import('./new-client-page.tsx')).NewClientPage,
    },
    {
      path: ':clientId',
      title: 'Client application',
      load: async () => (await import('./client-page.tsx')).ClientPage,
    },
  ],
  commands: [{ title: 'New client application', to: 'clients/new' }],
}

function mayManageClients(session: CurrentSession): boolean {
  return isSuperadmin(session) && holdsAny(session, 'allow_modify_clients')
}
