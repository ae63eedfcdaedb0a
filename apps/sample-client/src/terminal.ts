import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'

/** What the commands say and how they wait. */
export const terminal = {
  say: (line: string): void => void process.stdout.write(`${line}\n`),
  warn: (line: string): void => void process.stderr.write(`${line}\n`),
  pause: async (forMs: number): Promise<void> => delay(forMs),
  chance: (): number => Math.random(),
  monotonicMs: (): number => performance.now(),
  onFailure(error: Error, pauseMs: number): void {
    terminal.warn(`${error.message} Trying again in ${Math.ceil(pauseMs / 1000)} s.`)
  },
}
