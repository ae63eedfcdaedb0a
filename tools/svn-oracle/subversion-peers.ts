import { spawnSync } from 'node:child_process'

/** Debian's own interpreter, which finds Debian's libraries, not another python3 that may come first on the PATH. */
export const PYTHON = '/usr/bin/python3'

/** What Subversion needs to read non-ASCII command lines as UTF-8. */
export const UTF8_ENVIRONMENT = { ...process.env, LC_ALL: 'C.UTF-8' }

const LOAD_LIBRARY = 'import ctypes, json; ctypes.CDLL("libsvn_repos-1.so.1")'

const PEERS = [
  { command: 'svnauthz', args: ['--version'], debianPackages: 'subversion-tools' },
  { command: PYTHON, args: ['-c', LOAD_LIBRARY], debianPackages: 'python3 libsvn1' },
]

let areThere = false

/** Throws, naming what to install, unless Subversion's own tools are here to compare with. */
export function assertSubversionPeers(): void {
  const missing = areThere ? [] : PEERS.filter(({ command, args }) => spawnSync(command, args).status !== 0)
  areThere = missing.length === 0
  if (areThere) return
  const packages = missing.map((peer) => peer.debianPackages).join(' ')
  throw new Error(`Subversion's own tools are missing. Run tools/install-test-peers, or: apt-get install ${packages}`)
}
