import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type WatchedProcess, watchProcess } from './watched-process.ts'

const MAIN = fileURLToPath(new URL('../apps/sample-client/src/main.ts', import.meta.url))

export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** The sample client on a folder, started for each command as one would by hand. */
export interface SampleClient {
  readonly folder: string
  /** Runs a command to its end. */
  do(command: string, ...args: readonly string[]): Promise<Outcome>
  /** The same, with something on its standard input. */
  told(input: string, command: string, ...args: readonly string[]): Promise<Outcome>
  /** `run`, which goes on until it is wiped. */
  run(): WatchedProcess
}

export function sampleClient(folder: string): SampleClient {
  const told: SampleClient['told'] = (input, ...args) =>
    new Promise((resolve) => {
      const child = execFile(process.execPath, [MAIN, ...args, '--folder', folder], (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
      })
      // It may end without reading.
      child.stdin?.on('error', () => undefined).end(input)
    })
  return {
    folder,
    told,
    do: (...args) => told('', ...args),
    run: () => watchProcess(MAIN, ['run', '--folder', folder], process.env),
  }
}
