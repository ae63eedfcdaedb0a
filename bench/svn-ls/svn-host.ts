import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { findFreePort } from '../../tools/ports/free-port.ts'

const run = promisify(execFile)
const PASSWORD = 'bench'

/** A directory of repositories, each with the authz file that `fileOf` names. */
export interface HostedRepositories {
  readonly root: string
  readonly names: readonly string[]
  fileOf(name: string): string
}

/** A repository with a few directories at its root, to be copied: making each anew would take most of the benchmark. */
export async function makeTemplate(directory: string): Promise<string> {
  const path = join(directory, 'template')
  await run('svnadmin', ['create', path])
  const url = `file://${path}`
  const projects = Array.from({ length: 10 }, (_, n) => `${url}/project-${n}`)
  await run('svn', ['mkdir', '--message', 'projects', '--config-dir', join(directory, 'config'), ...projects])
  return path
}

export async function hostRepositories(template: string, hosted: HostedRepositories, user: string): Promise<void> {
  await mkdir(hosted.root)
  for (const name of hosted.names) {
    const path = join(hosted.root, name)
    await cp(template, path, { recursive: true })
    const settings = ['anon-access = none', 'auth-access = write', 'password-db = passwd']
    const lines = ['[general]', ...settings, `authz-db = ${hosted.fileOf(name)}`]
    await writeFile(join(path, 'conf/svnserve.conf'), `${lines.join('\n')}\n`)
    await writeFile(join(path, 'conf/passwd'), `[users]\n${user} = ${PASSWORD}\n`)
  }
}

export interface SvnServer extends AsyncDisposable {
  /** `svn ls` of a repository's root, by a client process of its own, as people run it. */
  list(repository: string): Promise<void>
}

/** A process for each connection, or one that keeps what it parsed. */
export type Manner = 'forks' | 'threads'

export async function startSvnserve(root: string, user: string, manner: Manner): Promise<SvnServer> {
  const port = await findFreePort()
  const listen = ['--listen-host', '127.0.0.1', '--listen-port', String(port)]
  const mode = manner === 'threads' ? ['--threads'] : []
  const server = spawn('svnserve', ['--daemon', '--foreground', '--root', root, ...listen, ...mode], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  while (!(await isListening(port))) {
    if (server.exitCode !== null) throw new Error(`svnserve ended with ${server.exitCode}.`)
    await delay(20)
  }
  const options = ['--username', user, '--password', PASSWORD, '--non-interactive', '--no-auth-cache']
  return {
    list: async (repository) => {
      const url = `svn://127.0.0.1:${port}/${repository}`
      const { stdout } = await run('svn', ['ls', url, ...options, '--config-dir', join(root, '../config')])
      if (!stdout.includes('project-1/')) throw new Error(`svn ls of ${repository} showed nothing.`)
    },
    [Symbol.asyncDispose]: async () => {
      server.kill()
      await once(server, 'exit')
    },
  }
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port })
  return await once(socket, 'connect')
    .then(() => true)
    .catch(() => false)
    .finally(() => socket.destroy())
}
