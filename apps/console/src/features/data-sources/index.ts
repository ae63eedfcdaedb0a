import type { Area } from '../../parts/area.ts'

/** Databases somewhere: where they are, who looks after them, and what one logs in to them with. */
export const dataSources: Area = {
  path: 'data-sources',
  title: 'Data sources',
  group: 'Data',
  // Everybody of the organisation reads them, and whoever looks after one changes it.
  mayOpen: () => true,
  pages: [
    { path: '', title: 'Data sources', load: async () => (await import('./data-sources-page.tsx')).DataSourcesPage },
    {
      path: 'new',
      title: 'New data source',
      load: async () => (await import('./new-data-source-page.tsx')).NewDataSourcePage,
    },
    {
      path: ':dataSourceId/:section?',
      title: 'Data source',
      load: async () => (await import('./data-source-page.tsx')).DataSourcePage,
    },
  ],
  commands: [{ title: 'New data source', to: 'data-sources/new' }],
}
