import { spawnSync } from 'node:child_process'

/** Debian's python3-subversion serves Debian's own interpreter, not another python3 that may come first on the PATH. */
export const PYTHON = '/usr/bin/python3'

/** What Subversion needs to read non-ASCII command lines as UTF-8. */
export const UTF8_ENVIRONMENT = { ...process.env, LC_ALL: 'C.UTF-8' }

const PEERS = [
  { command: 'svnauthz', args: ['--version'], debianPackage: 'subversion-tools' },
  { command: PYTHON, args: ['-c', 'import svn.repos'], debianPackage: 'python3-subversion' },
]

/** Throws, naming what to install, unless Subversion's own tools are here to compare with. */
export function assertSubversionPeers(): void {
  const missing = PEERS.filter(({ command, args }) => spawnSync(command, args).status !== 0)
  if (missing.length === 0) return
  const packages = missing.map((peer) => peer.debianPackage).join(' ')
  throw new Error(`Subversion's own tools are missing. Run tools/install-test-peers, or: apt-get install ${packages}`)
}
