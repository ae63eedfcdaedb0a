import type { Area } from '../../parts/area.ts'

/** Stored accounts for data sources: their passwords go in, and are not read back here. */
export const loginCredentials: Area = {
  path: 'login-credentials',
  title: 'Login credentials',
  group: 'Data',
  // Everybody of the organisation reads them but for the password, and whoever looks after them changes them.
  mayOpen: () => true,
  pages: [
    {
      path: '',
      title: 'Login credentials',
      load: async () => (await import('./credentials-page.tsx')).CredentialsPage,
    },
    {
      path: 'new',
      title: 'New login credentials',
      load: async () => (await import('./new-credential-page.tsx')).NewCredentialPage,
    },
    {
      path: ':credentialId/:section?',
      title: 'Login credentials',
      load: async () => (await import('./credential-page.tsx')).CredentialPage,
    },
  ],
  commands: [{ title: 'New login credentials', to: 'login-credentials/new' }],
}
