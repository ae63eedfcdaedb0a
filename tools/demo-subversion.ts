import { execFile } from 'node:child_process'
import { access, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { svnserveConfiguration } from './scratch-svnserve.ts'

export interface DemoSubversion {
  /** The directory to put repositories in. */
  readonly home: string
  /** Where their authz files are published. */
  readonly authzDir: string
  readonly repositories: readonly string[]
  /** Who is to be able to sign in. */
  readonly user: string
}

const PASSWORD = 'demo'
const PORT = 3690
const run = promisify(execFile)

/** Makes repositories that obey the published files, and tells how to serve and list them. */
export async function prepareSubversion({ home, authzDir, repositories, user }: DemoSubversion): Promise<string> {
  await mkdir(home, { recursive: true })
  const passwordFile = join(home, 'passwd')
  await writeFile(passwordFile, `[users]\n${user} = ${PASSWORD}\n`, { mode: 0o600 })
  try {
    for (const name of repositories)
      await prepareRepository(join(home, name), join(authzDir, `${name}.authz`), passwordFile)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return 'Subversion is not installed here, so there is nothing to serve.\n'
    }
    throw error
  }
  return `Subversion that obeys, in another terminal each:

  svnserve --daemon --foreground --listen-host 127.0.0.1 --listen-port ${PORT} --root ${home}
  svn ls --no-auth-cache --username ${user} --password ${PASSWORD} svn://127.0.0.1:${PORT}/main
  svn ls --no-auth-cache --non-interactive svn://127.0.0.1:${PORT}/main    # refused
`
}

async function prepareRepository(path: string, authzFile: string, passwordFile: string): Promise<void> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  )
  if (isThere) return
  await run('svnadmin', ['create', path])
  await run('svn', ['mkdir', '--quiet', '-m', 'begin', `file://${path}/foundation`, `file://${path}/infrastructure`])
  await writeFile(join(path, 'conf', 'svnserve.conf'), svnserveConfiguration(passwordFile, authzFile))
}
