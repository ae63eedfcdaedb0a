/** As `node:timers/promises` does, which browsers do not have. */
export function pause(forMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, forMs)
  })
}
