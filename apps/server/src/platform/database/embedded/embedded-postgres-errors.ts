import { defineErrors } from '../../../kernel/errors.ts'

export const embeddedPostgresErrors = defineErrors('embedded_postgres', {
  unsupported: {
    kind: 'unavailable',
    message: (platform: string) =>
      `There is no embedded PostgreSQL for ${platform}. Install its package, or set PORTREEVE_DATABASE_URL to a PostgreSQL of your own (15 or later).`,
  },
  unwritable_package: {
    kind: 'unavailable',
    message: (link: string) =>
      `The embedded PostgreSQL lacks the link ${link}, and it could not be made. Run "npm rebuild" as the owner of node_modules.`,
  },
  unreachable: {
    kind: 'unavailable',
    message: (account: string, path: string, blocker: string) =>
      `PostgreSQL does not run as root, so it runs as "${account}", who cannot reach ${path} because of the permissions of ${blocker}. ` +
      `Move it to a place every account can reach, run "chmod o+x ${blocker}", or start Portreeve as another user than root. ` +
      'On Linux none of this is needed where util-linux (setpriv) is installed and root has the capability CAP_DAC_OVERRIDE.',
  },
  no_account: {
    kind: 'unavailable',
    message: () => 'PostgreSQL does not run as root, and there is neither a user "postgres" nor "nobody" to run it as.',
  },
  not_owner: {
    kind: 'unavailable',
    message: (path: string, owner: number) =>
      `${path} belongs to user ${owner}. Start Portreeve as that user, or give the data directory to the user you start it as.`,
  },
  no_password: {
    kind: 'unavailable',
    message: (path: string) =>
      `The database in the data directory has lost its password file ${path}. Restore it from a backup.`,
  },
  failed: {
    kind: 'unavailable',
    message: (what: string, said: string) =>
      `The embedded PostgreSQL could not ${what}. It said: ${said || '(nothing)'}`,
  },
  stuck_orphan: {
    kind: 'unavailable',
    message: (pid: number) =>
      `An earlier PostgreSQL (process ${pid}) still runs on this data directory and does not stop. Stop it, then start again.`,
  },
})
