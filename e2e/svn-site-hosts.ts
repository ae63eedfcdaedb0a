import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { giveToApache, startScratchApache, type Visitors } from '../tools/scratch-apache.ts'
import { startScratchSvnserve } from '../tools/scratch-svnserve.ts'
import { passwordOf, type StartSvnHost, type SvnPlace } from './svn-site.ts'

/** Asks the rules about each path of an answer directly, without a request to itself. */
const SHORT_CIRCUIT = 'SVNPathAuthz short_circuit'

/** An svnserve for each repository. */
export const startSvnserveHost: StartSvnHost = async ({ root, authzDir, users }) => {
  const running = new AsyncDisposableStack()
  return {
    async serve(repository) {
      const authzFile = publishedFile(authzDir, repository)
      const server = running.use(await startScratchSvnserve({ root, authzFile, passwords: passwordsOf(users) }))
      return `${server.url}/${repository}`
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

/** An Apache for each repository, with a `Location` that names the repository's published file. */
export const startApacheByLocation: StartSvnHost = async ({ root, authzDir, users }) => {
  const running = new AsyncDisposableStack()
  return {
    async serve(repository) {
      await giveToApache(join(root, repository))
      const path = `/svn/${repository}`
      const authz = `AuthzSVNAccessFile ${publishedFile(authzDir, repository)}`
      const location = { path, directives: [`SVNPath ${join(root, repository)}`, authz, SHORT_CIRCUIT] }
      const passwords = passwordsOf(users)
      const apache = running.use(await startScratchApache({ locations: [location], visitors: 'let in', passwords }))
      return `${apache.url}${path}`
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

/** One Apache for all repositories, each with a link to its published file. */
export function apacheByParentPath(visitors: Visitors): StartSvnHost {
  return async (place: SvnPlace) => {
    const { root, authzDir, users } = place
    const authz = 'AuthzSVNReposRelativeAccessFile portreeve.authz'
    const location = { path: '/svn', directives: [`SVNParentPath ${root}`, authz, SHORT_CIRCUIT] }
    const apache = await startScratchApache({ locations: [location], visitors, passwords: passwordsOf(users) })
    return {
      async serve(repository) {
        const repositoryDir = join(root, repository)
        await symlink(publishedFile(authzDir, repository), join(repositoryDir, 'conf', 'portreeve.authz'))
        await giveToApache(repositoryDir)
        return `${apache.url}/svn/${repository}`
      },
      [Symbol.asyncDispose]: () => apache[Symbol.asyncDispose](),
    }
  }
}

function publishedFile(authzDir: string, repository: string): string {
  return join(authzDir, `${repository}.authz`)
}

function passwordsOf(users: readonly string[]): Record<string, string> {
  return Object.fromEntries(users.map((user) => [user, passwordOf(user)]))
}
