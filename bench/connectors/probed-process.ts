import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import type { ProbeReading } from './process-probe.ts'

export interface Probe {
  /** For the process to be measured. */
  readonly env: Readonly<Record<string, string>>
  read(): Promise<ProbeReading>
}

/** What makes a Node process that is started with `env` measurable; it listens on a socket at `path`. */
export function makeProbe(path: string): Probe {
  const probe = new URL('process-probe.ts', import.meta.url)
  return {
    env: { BENCH_PROBE_SOCKET: path, NODE_OPTIONS: `--expose-gc --import ${probe.href}` },
    async read() {
      const socket = connect(path)
      await once(socket, 'connect')
      return JSON.parse(await text(socket)) as ProbeReading
    },
  }
}
