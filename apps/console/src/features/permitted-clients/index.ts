import type { Area } from '../../parts/area.ts'

/** Which client applications the organisation lets in, and what its users ask for. */
export const permittedClients: Area = {
  path: 'permitted-clients',
  title: 'Permitted apps',
  group: 'Apps and devices',
  mayOpen: ({ role }) => role !== 'user',
  pages: [
    {
      path: '',
      title: 'Permitted apps',
      load: async () => (await import('./permitted-clients-page.tsx')).PermittedClientsPage,
    },
    {
      path: 'requests',
      title: 'Requests for apps',
      load: async () => (await import('./client-requests-page.tsx')).ClientRequestsPage,
    },
  ],
  commands: [{ title: 'Requests for apps', to: 'permitted-clients/requests' }],
}
