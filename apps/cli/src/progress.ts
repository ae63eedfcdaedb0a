import type { WriteStream } from 'node:tty'

/** One step of a long work: what is counted, and of how many. */
export interface Step {
  readonly name: string
  readonly total: number
}

/** Shows how far a work has come. */
export interface Progress {
  /** Runs a step, which calls `advance` for each of its items. */
  during(step: Step, work: (advance: () => void) => Promise<void>): Promise<void>
}

const REDRAW_MS = 100

/** A line that counts up on a terminal; elsewhere, as in a log, a line when each step is done. */
export function showProgress(stream: Pick<WriteStream, 'isTTY' | 'write'>): Progress {
  return {
    async during({ name, total }, work) {
      if (total === 0) return
      const startedAt = Date.now()
      let drawnAt = startedAt
      let count = 0
      await work(() => {
        count++
        if (!stream.isTTY || Date.now() - drawnAt < REDRAW_MS) return
        drawnAt = Date.now()
        stream.write(`\r\x1b[K${name}: ${count} of ${total}`)
      })
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
      stream.write(`${stream.isTTY ? '\r\x1b[K' : ''}${name}: ${total} in ${seconds} s\n`)
    },
  }
}
