import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, symlink } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { giveToApache, startScratchApache } from '../../tools/scratch-apache.ts'

const run = promisify(execFile)
const PASSWORD = 'bench'
/** Ten projects of ten parts of ten directories, and the root. */
const DECADES = Array.from({ length: 10 }, (_, n) => n)
export const PATHS_IN_WIDE = 1111

/** Repositories that all show the same at their roots. Below it, the first has many directories and the others none. */
export interface Repositories {
  /** A directory that this makes. */
  readonly root: string
  readonly template: string
  readonly names: readonly string[]
  /** The authz file that a repository links to. */
  fileOf(repository: string): string
}

/** The link in each repository to its authz file, as `AuthzSVNReposRelativeAccessFile` wants it. */
export const LINK = 'portreeve.authz'

export async function makeRepositories({ root, template, names, fileOf }: Repositories): Promise<void> {
  await mkdir(root)
  const [first = '', ...others] = names
  await makeWideRepository(root, first)
  for (const name of others) await cp(template, join(root, name), { recursive: true })
  for (const name of names) await symlink(fileOf(name), join(root, name, 'conf', LINK))
  await giveToApache(root)
}

async function makeWideRepository(root: string, name: string): Promise<void> {
  await run('svnadmin', ['create', join(root, name)])
  const tree = await mkdtemp(join(root, '../tree-'))
  const parts = DECADES.flatMap((project) => DECADES.map((part) => `project-${project}/part-${part * 10 + project}`))
  for (const path of parts.flatMap((part) => DECADES.map((n) => join(tree, part, `directory-${n}`)))) {
    await mkdir(path, { recursive: true })
  }
  await run('svn', ['import', '--quiet', '--message', 'begin', tree, `file://${join(root, name)}`])
}

export interface ApacheVisits extends AsyncDisposable {
  /** `svn ls` of a repository's root, by a client process of its own, as people run it. */
  list(repository: string): Promise<void>
  /** The same of everything below. */
  listAll(repository: string): Promise<void>
  /** One request for the listing of a repository's root, over a connection made for it. */
  get(repository: string): Promise<void>
  /** The same over a connection that is kept. */
  getAgain(repository: string): Promise<void>
}

/** An Apache of its own for these rules, so that what it keeps in memory is theirs alone. */
export async function startApache(root: string, user: string, rules: readonly string[]): Promise<ApacheVisits> {
  await using starting = new AsyncDisposableStack()
  const location = { path: '/svn', directives: [`SVNParentPath ${root}`, ...rules] }
  const passwords = { [user]: PASSWORD }
  const apache = await startScratchApache({ locations: [location], visitors: 'asked who they are', passwords })
  const { url } = starting.use(apache)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  starting.defer(() => agent.destroy())
  const auth = `${user}:${PASSWORD}`
  const credentials = ['--username', user, '--password', PASSWORD, '--non-interactive', '--no-auth-cache']
  const list = async (repository: string, ...options: readonly string[]): Promise<void> => {
    const args = ['ls', ...options, `${url}/svn/${repository}`, ...credentials, '--config-dir', join(root, '../config')]
    assertListing(repository, (await run('svn', args)).stdout)
  }
  const get = async (repository: string, through: Agent | false): Promise<void> =>
    assertListing(repository, await fetchText(`${url}/svn/${repository}/`, { auth, agent: through }))
  const running = starting.move()
  return {
    list,
    listAll: (repository) => list(repository, '--recursive'),
    get: (repository) => get(repository, false),
    getAgain: (repository) => get(repository, agent),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

function assertListing(repository: string, listing: string): void {
  if (!listing.includes('project-1/')) throw new Error(`The listing of ${repository} shows:\n${listing}`)
}

async function fetchText(url: string, options: { auth: string; agent: Agent | false }): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const asking = request(url, options, (answer) => {
    answer
      .setEncoding('utf8')
      .toArray()
      .then((parts) => resolve(parts.join('')), reject)
  })
  asking.once('error', reject).end()
  return await promise
}
