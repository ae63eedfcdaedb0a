import type { Area } from '../../parts/area.ts'

/** The first page: where things stand. */
export const overview: Area = {
  path: '',
  title: 'Overview',
  group: 'Access',
  mayOpen: () => true,
  pages: [{ path: '', title: 'Overview', load: async () => (await import('./overview-page.tsx')).OverviewPage }],
}
