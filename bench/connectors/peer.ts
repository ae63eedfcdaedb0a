import { fork } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'

export interface Peer extends AsyncDisposable {
  readonly port: number
}

const PROCESS = new URL('peer-process.ts', import.meta.url)

export async function startPeer(databaseUrl: string, env: Readonly<Record<string, string>>): Promise<Peer> {
  const child = fork(PROCESS, { env: { ...process.env, ...env, BENCH_DATABASE_URL: databaseUrl }, execArgv: [] })
  const [port] = (await once(child, 'message')) as [number]
  return {
    port,
    async [Symbol.asyncDispose]() {
      child.disconnect()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}
