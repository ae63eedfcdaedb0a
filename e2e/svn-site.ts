import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Access } from '@portreeve/svn-authz'
import { makeScratchDirectory } from '../tools/scratch-directory.ts'
import { startScratchSvnserve } from '../tools/scratch-svnserve.ts'
import { UTF8_ENVIRONMENT } from '../tools/svn-oracle/subversion-peers.ts'

const run = promisify(execFile)
/** What `svn` needs to take names beyond ASCII, and to word its errors the same everywhere. */
const env = { ...UTF8_ENVIRONMENT, LANGUAGE: 'en' }

/** A Subversion host: an svnserve for each repository, with a password file, obeying the file that a server publishes. */
export interface SvnSite extends AsyncDisposable {
  /** Makes a repository with these directories, each with a file `readme`. Its authz file must be published already. */
  addRepository(name: string, directories: readonly string[]): Promise<void>
  /** What real commands by the user can do in a directory; `undefined` is the anonymous visitor. */
  accessOf(user: string | undefined, repository: string, directory: string): Promise<Access>
}

export interface SvnSiteOptions {
  /** Where the server publishes. */
  readonly authzDir: string
  /** Everybody whom svnserve knows. */
  readonly users: readonly string[]
}

export async function startSvnSite({ authzDir, users }: SvnSiteOptions): Promise<SvnSite> {
  await using starting = new AsyncDisposableStack()
  const { path: home } = starting.use(await makeScratchDirectory())
  const root = join(home, 'repositories')
  await mkdir(root)
  const passwords = Object.fromEntries(users.map((user) => [user, passwordOf(user)]))
  const urls = new Map<string, string>()
  const svn = new Svn(join(home, 'client'))
  const running = starting.move()
  return {
    async addRepository(name, directories) {
      await makeRepository(home, join(root, name), directories)
      const authzFile = join(authzDir, `${name}.authz`)
      const { url } = running.use(await startScratchSvnserve({ root, authzFile, passwords }))
      urls.set(name, `${url}/${name}`)
    },
    accessOf: (user, repository, directory) => svn.accessOf(user, `${urls.get(repository)}${directory}`),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

function passwordOf(user: string): string {
  return `pw-${user}`
}

async function makeRepository(home: string, path: string, directories: readonly string[]): Promise<void> {
  await run('svnadmin', ['create', path])
  const tree = await mkdtemp(join(home, 'tree-'))
  for (const directory of directories) {
    await mkdir(join(tree, directory), { recursive: true })
    await writeFile(join(tree, directory, 'readme'), `${directory}\n`)
  }
  await run('svn', ['import', '--quiet', '--message', 'begin', tree, `file://${path}`], { env })
}

/** The command line client, as one would type it. */
class Svn {
  readonly #configDir: string
  #attempts = 0

  constructor(configDir: string) {
    this.#configDir = configDir
  }

  async accessOf(user: string | undefined, url: string): Promise<Access> {
    const canRead = await this.#may(user, ['cat', `${url}/readme`])
    this.#attempts += 1
    const canWrite = await this.#may(user, ['mkdir', '--message', 'try', `${url}/made-${this.#attempts}`])
    if (canWrite && !canRead) throw new Error(`${user} may write ${url} and not read it.`)
    if (canWrite) return 'rw'
    return canRead ? 'r' : 'no'
  }

  async #may(user: string | undefined, command: readonly string[]): Promise<boolean> {
    const credentials = user === undefined ? [] : ['--username', user, '--password', passwordOf(user)]
    const quietly = ['--non-interactive', '--no-auth-cache', '--config-dir', this.#configDir]
    try {
      await run('svn', [...command, ...credentials, ...quietly], { env })
      return true
    } catch (error) {
      if (isRefusal(error)) return false
      throw error
    }
  }
}

// SVN_ERR_RA_NOT_AUTHORIZED, SVN_ERR_AUTHZ_UNWRITABLE, and what a visitor without credentials is told of either.
const REFUSED = /E170001|E220004|E215004/

function isRefusal(error: unknown): boolean {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
  return REFUSED.test(said)
}
