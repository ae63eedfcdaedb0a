import type { Area } from '../../parts/area.ts'
import { holdsAny } from '../../parts/rights.ts'

/** Who may do what where, and why. */
export const decisions: Area = {
  path: 'decisions',
  title: 'Decisions',
  group: 'Access',
  mayOpen: (session) => holdsAny(session, 'allow_view_users', 'allow_modify_teams'),
  pages: [
    { path: ':section?', title: 'Decisions', load: async () => (await import('./decisions-page.tsx')).DecisionsPage },
  ],
  commands: [
    { title: 'Who reaches a path', to: 'decisions/who' },
    { title: 'What somebody reaches', to: 'decisions/what' },
  ],
}
