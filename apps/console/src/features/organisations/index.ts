import type { Area } from '../../parts/area.ts'
import { holdsAny, isSuperadmin } from '../../parts/rights.ts'

/** Tenants, for superadmins. */
export const organisations: Area = {
  path: 'organisations',
  title: 'Organisations',
  group: 'Administration',
  mayOpen: (session) => isSuperadmin(session) && holdsAny(session, 'allow_view_settings', 'allow_modify_settings'),
  pages: [
    {
      path: '',
      title: 'Organisations',
      load: async () => (await import('./organisations-page.tsx')).OrganisationsPage,
    },
    {
      path: 'new',
      title: 'New organisation',
      load: async () => (await import('./new-organisation-page.tsx')).NewOrganisationPage,
    },
    {
      path: ':organisationId',
      title: 'Organisation',
      load: async () => (await import('./organisation-page.tsx')).OrganisationPage,
    },
  ],
  commands: [
    {
      title: 'New organisation',
      to: 'organisations/new',
      may: (session) => holdsAny(session, 'allow_modify_settings'),
    },
  ],
}
