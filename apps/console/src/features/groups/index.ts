import type { Area } from '../../parts/area.ts'

/** The tree that data sources are in. */
export const groups: Area = {
  path: 'groups',
  title: 'Data-source groups',
  group: 'Data',
  // Everybody of the organisation reads them, and whoever looks after one changes it.
  mayOpen: () => true,
  pages: [
    { path: '', title: 'Data-source groups', load: async () => (await import('./groups-page.tsx')).GroupsPage },
    { path: 'new', title: 'New group', load: async () => (await import('./new-group-page.tsx')).NewGroupPage },
    {
      path: ':groupId/:section?',
      title: 'Data-source group',
      load: async () => (await import('./group-page.tsx')).GroupPage,
    },
  ],
  commands: [{ title: 'New data-source group', to: 'groups/new' }],
}
