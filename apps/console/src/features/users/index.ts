import type { CurrentSession } from '@portreeve/client'
import type { Area } from '../../parts/area.ts'
import { holdsAny } from '../../parts/rights.ts'

/** People's accounts: who they are, how they sign in, what they may administer. */
export const users: Area = {
  path: 'users',
  title: 'Users',
  group: 'Access',
  mayOpen: (session) => holdsAny(session, 'allow_view_users', 'allow_modify_users', 'allow_modify_teams'),
  pages: [
    { path: '', title: 'Users', load: async () => (await import('./users-page.tsx')).UsersPage },
    { path: 'new', title: 'New user', load: async () => (await import('./new-user-page.tsx')).NewUserPage },
    { path: ':userId', title: 'User', load: async () => (await import('./user-page.tsx')).UserPage },
  ],
  commands: [{ title: 'New user', to: 'users/new', may: mayCreateUsers }],
}

function mayCreateUsers(session: CurrentSession): boolean {
  return holdsAny(session, 'allow_modify_users')
}
