import type { Area } from '../../parts/area.ts'
import { holdsAny } from '../../parts/rights.ts'

/** The directories that users and teams come from: making them known, trying them, and synchronising teams. */
export const authorities: Area = {
  path: 'authorities',
  title: 'LDAP authorities',
  group: 'Administration',
  mayOpen: (session) => holdsAny(session, 'allow_view_settings', 'allow_modify_settings', 'allow_modify_teams'),
  pages: [
    {
      path: '',
      title: 'LDAP authorities',
      load: async () => (await import('./authorities-page.tsx')).AuthoritiesPage,
    },
    {
      path: 'new',
      title: 'New LDAP authority',
      load: async () => (await import('./new-authority-page.tsx')).NewAuthorityPage,
    },
    {
      path: ':authorityId/:section?',
      title: 'LDAP authority',
      load: async () => (await import('./authority-page.tsx')).AuthorityPage,
    },
    {
      path: ':authorityId/teams/new',
      title: 'New directory query',
      load: async () => (await import('./new-query-page.tsx')).NewQueryPage,
    },
    {
      path: ':authorityId/teams/:teamId',
      title: 'Directory sync',
      load: async () => (await import('./sync-page.tsx')).SyncPage,
    },
  ],
  commands: [
    {
      title: 'New LDAP authority',
      to: 'authorities/new',
      may: (session) => holdsAny(session, 'allow_modify_settings'),
    },
  ],
}
