import type { Area } from '../../parts/area.ts'
import { holdsAny } from '../../parts/rights.ts'

/** Subversion repositories known by name, and the files that guard them. */
export const repositories: Area = {
  path: 'repositories',
  title: 'Repositories',
  group: 'Access',
  mayOpen: (session) => holdsAny(session, 'allow_modify_teams', 'allow_view_users'),
  pages: [
    { path: '', title: 'Repositories', load: async () => (await import('./repositories-page.tsx')).RepositoriesPage },
    {
      path: 'new',
      title: 'New repository',
      load: async () => (await import('./new-repository-page.tsx')).NewRepositoryPage,
    },
    {
      path: ':repositoryId/:section?',
      title: 'Repository',
      load: async () => (await import('./repository-page.tsx')).RepositoryPage,
    },
  ],
  commands: [
    {
      title: 'New repository',
      to: 'repositories/new',
      may: (session) => holdsAny(session, 'allow_modify_teams'),
    },
  ],
}
