import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Access } from '@portreeve/svn-authz'
import { makeScratchDirectory } from '../tools/scratch-directory.ts'
import { UTF8_ENVIRONMENT } from '../tools/svn-oracle/subversion-peers.ts'

const run = promisify(execFile)
/** What `svn` needs to take names beyond ASCII, and to word its errors the same everywhere. */
const env = { ...UTF8_ENVIRONMENT, LANGUAGE: 'en' }

/** Repositories behind one of Subversion's servers, with a password file, obeying the files that Portreeve publishes. */
export interface SvnSite extends AsyncDisposable {
  /** Makes a repository with these directories, each with a file `readme`. Its authz file must be published already. */
  addRepository(name: string, directories: readonly string[]): Promise<void>
  /** What real commands by the user can do in a directory; `undefined` is the anonymous visitor. */
  accessOf(user: string | undefined, repository: string, directory: string): Promise<Access>
  urlOf(repository: string, path: string): string
}

export interface SvnSiteOptions extends Omit<SvnPlace, 'root'> {
  readonly startHost: StartSvnHost
}

/** What a server of repositories is told. */
export interface SvnPlace {
  /** The directory its repositories are in. */
  readonly root: string
  /** Where Portreeve publishes. */
  readonly authzDir: string
  /** Everybody whom the server knows. */
  readonly users: readonly string[]
}

/** A server that takes in one repository after the other. */
export interface SvnHost extends AsyncDisposable {
  /** Begins to serve a repository, which is in the root already, and answers its URL. */
  serve(repository: string): Promise<string>
}

export type StartSvnHost = (place: SvnPlace) => Promise<SvnHost>

export async function startSvnSite({ startHost, ...place }: SvnSiteOptions): Promise<SvnSite> {
  await using starting = new AsyncDisposableStack()
  const { path: home } = starting.use(await makeScratchDirectory())
  const root = join(home, 'repositories')
  await mkdir(root)
  const host = starting.use(await startHost({ ...place, root }))
  const urls = new Map<string, string>()
  const svn = new Svn(join(home, 'client'))
  const urlOf = (repository: string, path: string): string => `${urls.get(repository)}${path}`
  const running = starting.move()
  return {
    async addRepository(name, directories) {
      await makeRepository(home, join(root, name), directories)
      urls.set(name, await host.serve(name))
    },
    accessOf: (user, repository, directory) => svn.accessOf(user, urlOf(repository, directory)),
    urlOf,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

export function passwordOf(user: string): string {
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

// SVN_ERR_RA_NOT_AUTHORIZED, SVN_ERR_AUTHZ_UNWRITABLE, SVN_ERR_RA_DAV_FORBIDDEN, and what a visitor without credentials is
// told of any of them.
const REFUSED = /E170001|E220004|E175013|E215004/

function isRefusal(error: unknown): boolean {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
  return REFUSED.test(said)
}
