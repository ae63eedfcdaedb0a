/** What an authz file costs: how long `svn ls` takes through a real svnserve that has it. */
import { execFile } from 'node:child_process'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startScratchSvnserve } from './scratch-svnserve.ts'

export interface SvnLsMeasurement {
  /** Texts of the files to compare, by a name of your choice. */
  readonly files: Readonly<Record<string, string>>
  readonly repository: string
  /** Somebody who may read the root of the repository by each of these files. */
  readonly user: string
  /** With each file. */
  readonly runs: number
}

const PASSWORD = 'secret'
const run = promisify(execFile)

/** The median time of `svn ls` in milliseconds, by the names of the files. The files take turns, so all meet the same weather. */
export async function measureSvnLs({ files, repository, user, runs }: SvnLsMeasurement): Promise<Map<string, number>> {
  await using stack = new AsyncDisposableStack()
  const directory = stack.use(await mkdtempDisposable(join(tmpdir(), 'portreeve-svn-ls-')))
  const root = directory.path
  await run('svnadmin', ['create', join(root, repository)])
  await run('svn', ['mkdir', '--quiet', '-m', 'begin', `file://${join(root, repository)}/trunk`])
  const timed: { name: string; url: string; times: number[] }[] = []
  for (const [index, [name, text]] of Object.entries(files).entries()) {
    const authzFile = join(root, `${index}.authz`)
    await writeFile(authzFile, text)
    const server = stack.use(await startScratchSvnserve({ root, authzFile, passwords: { [user]: PASSWORD } }))
    timed.push({ name, url: `${server.url}/${repository}`, times: [] })
  }
  const options = ['--username', user, '--password', PASSWORD, '--no-auth-cache', '--non-interactive']
  const withConfiguration = [...options, '--config-dir', join(root, 'config')]
  // The first round fills the caches and is not counted.
  for (let round = 0; round <= runs; round++) {
    for (const { url, times } of timed) {
      const startedAt = performance.now()
      const { stdout } = await run('svn', ['ls', url, ...withConfiguration])
      if (stdout !== 'trunk/\n') throw new Error(`svn ls ${url} says: ${stdout}`)
      if (round > 0) times.push(performance.now() - startedAt)
    }
  }
  return new Map(timed.map(({ name, times }) => [name, median(times)]))
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}
