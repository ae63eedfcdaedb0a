const FIRST_MS = 500
const LONGEST_MS = 10_000

/**
 * How long to wait after so many failures in a row: twice as long each time, up to ten seconds. Half of it is left to
 * `chance`, from 0 to 1, so that many hosts do not all come back to a restarted server at once.
 */
export function backoffMs(failures: number, chance: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1))
  return whole / 2 + (whole / 2) * chance
}
