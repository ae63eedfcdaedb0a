import { PortreeveError } from '@portreeve/client'

/** Each takes somebody else's change in between: after so many the refusal is shown. */
const TRIES = 3

/**
 * Reads something and changes it as it was read. When somebody else's change comes in between, the server refuses (412), and
 * it is read and changed anew.
 */
export async function onNewest<Result>(readAndChange: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await readAndChange()
    } catch (error) {
      const isOutdated = error instanceof PortreeveError && error.status === 412
      if (!isOutdated || tries === TRIES) throw error
    }
  }
}
