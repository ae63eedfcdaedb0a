import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** How many files one process may have open at most: Node raises its own limit to this one when it starts. */
export async function findOpenFileLimit(): Promise<number> {
  const { stdout } = await promisify(execFile)('sh', ['-c', 'ulimit -Hn'])
  return stdout.trim() === 'unlimited' ? Number.POSITIVE_INFINITY : Number(stdout)
}
