import { execFile } from 'node:child_process'
import { glob } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface PgbenchRun {
  readonly url: string
  /** Files of scripts, of which each transaction takes any. */
  readonly scripts: readonly string[]
  readonly clients: number
  readonly seconds: number
}

/** Transactions a second, with prepared statements, without the time that connecting takes. */
export async function runPgbench({ url, scripts, clients, seconds }: PgbenchRun): Promise<number> {
  const load = ['--client', String(clients), '--jobs', String(Math.min(2, clients)), '--time', String(seconds)]
  const files = scripts.flatMap((script) => ['--file', script])
  const { stdout } = await run(await findPgbench(), ['--no-vacuum', '--protocol=prepared', ...load, ...files, url])
  const rate = /^tps = ([\d.]+)/m.exec(stdout)?.[1]
  const failed = /^number of failed transactions: (\d+)/m.exec(stdout)?.[1] ?? '0'
  if (rate === undefined || failed !== '0') throw new Error(`pgbench did not succeed:\n${stdout}`)
  return Number(rate)
}

/** Debian's /usr/bin/pgbench is a wrapper that wants a cluster of Debian's. */
async function findPgbench(): Promise<string> {
  const found = await Array.fromAsync(glob('/usr/lib/postgresql/*/bin/pgbench'))
  const path = found.sort().at(-1)
  if (path === undefined) throw new Error('There is no pgbench. Run tools/install-test-peers --bench.')
  return path
}
