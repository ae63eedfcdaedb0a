import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 20

/** A process, for what it says and how it ends. Ended when disposed. */
export interface WatchedProcess extends AsyncDisposable {
  /** Everything it has written so far, on either stream. */
  readonly said: string
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>
  signal(signal: NodeJS.Signals): void
  /** Waits until it has written what matches, and answers the match; rejects when it ends instead. */
  says(pattern: RegExp): Promise<RegExpMatchArray>
}

/** Runs a source file on this Node. */
export function watchProcess(main: string, args: readonly string[], env: NodeJS.ProcessEnv): WatchedProcess {
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      said += part
    })
  }
  let hasEnded = false
  const ended = once(child, 'close').then(([code]) => {
    hasEnded = true
    return code as number | null
  })
  return {
    get said() {
      return said
    },
    ended,
    signal: (signal) => child.kill(signal),
    async says(pattern) {
      for (;;) {
        const match = said.match(pattern)
        if (match) return match
        if (hasEnded) throw new Error(`It ended without saying ${pattern}:\n${said}`)
        await delay(POLL_MS)
      }
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
