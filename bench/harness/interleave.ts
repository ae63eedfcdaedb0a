export interface Rounds {
  readonly rounds: number
  /** Rounds before those that count. */
  readonly warmUps: number
}

/** What takes part in a comparison. `run` answers the round's figure, in whatever unit. */
export type Contestants<Name extends string> = Readonly<Record<Name, (round: number) => Promise<number>>>

/**
 * Lets all contestants have a turn in each round, in alternating order, so that the machine's other work falls on each of
 * them alike, and answers their medians.
 */
export async function interleave<Name extends string>(
  contestants: Contestants<Name>,
  { rounds, warmUps }: Rounds,
): Promise<Record<Name, number>> {
  const names = Object.keys(contestants) as Name[]
  const figures = new Map<Name, number[]>(names.map((name) => [name, []]))
  for (let round = 0; round < warmUps + rounds; round += 1) {
    const order = round % 2 === 0 ? names : names.toReversed()
    for (const name of order) {
      const figure = await contestants[name](round)
      if (round >= warmUps) figures.get(name)?.push(figure)
    }
  }
  const medians = names.map((name) => [name, median(figures.get(name) ?? [])])
  return Object.fromEntries(medians) as Record<Name, number>
}

export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b)
  const [below, above] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  if (below === undefined || above === undefined) throw new RangeError('There is no median of nothing.')
  return (below + above) / 2
}

/** How long the work takes, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
