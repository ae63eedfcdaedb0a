import type { Area } from '../../parts/area.ts'
import { holdsAny } from '../../parts/rights.ts'

/** What of teams and rules Subversion obeys, what waits, and the way back. */
export const enforcement: Area = {
  path: 'enforcement',
  title: 'Enforcement',
  group: 'Access',
  mayOpen: (session) => holdsAny(session, 'allow_modify_teams', 'allow_view_users'),
  pages: [
    { path: '', title: 'Enforcement', load: async () => (await import('./enforcement-page.tsx')).EnforcementPage },
    { path: 'history', title: 'History', load: async () => (await import('./history-page.tsx')).HistoryPage },
    {
      path: 'history/:revision',
      title: 'Revision',
      load: async () => (await import('./revision-page.tsx')).RevisionPage,
    },
    {
      path: 'revert',
      title: 'Revert to a revision',
      load: async () => (await import('./revert-page.tsx')).RevertPage,
    },
    { path: 'warnings', title: 'Warnings', load: async () => (await import('./warnings-page.tsx')).WarningsPage },
  ],
  commands: [
    {
      title: 'Revert teams and rules to a revision',
      to: 'enforcement/revert',
      may: (session) => holdsAny(session, 'allow_modify_teams'),
    },
    { title: 'History of teams and rules', to: 'enforcement/history' },
    { title: 'Warnings about rules', to: 'enforcement/warnings' },
  ],
}
