import type { Area } from '../../parts/area.ts'

/** What everybody decides for themselves. */
export const account: Area = {
  path: 'account',
  title: 'Your account',
  group: 'You',
  mayOpen: () => true,
  pages: [
    { path: '', title: 'Your account', load: async () => (await import('./account-page.tsx')).AccountPage },
    {
      path: 'access-tokens',
      title: 'Access tokens',
      load: async () => (await import('./access-tokens-page.tsx')).AccessTokensPage,
    },
    {
      path: 'second-factor',
      title: 'Second factor',
      load: async () => (await import('./second-factor-page.tsx')).SecondFactorPage,
    },
  ],
  commands: [
    { title: 'Your access tokens', to: 'account/access-tokens' },
    { title: 'Your second factor', to: 'account/second-factor' },
  ],
}
