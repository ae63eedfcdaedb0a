/** A measured quantity: a time, or kilobytes of 1024 (less is better), or events per second (more is better). */
export interface Figure {
  readonly value: number
  readonly unit: 'ms' | 'µs' | '/s' | 'KB'
}

export interface Goal {
  readonly kind: 'at most' | 'at least'
  readonly value: number
  /** What is held against the goal: ours divided by the peer's, or ours alone, in its own unit. */
  readonly of: 'ratio' | 'ours'
}

/** One line of the report: ours beside a peer's, measured in the same run. */
export interface Result {
  readonly what: string
  readonly ours: Figure
  readonly peer: Figure & { readonly name: string }
  /** Absent for what is shown only to explain the others. */
  readonly goal?: Goal
}

export interface Findings {
  readonly results: readonly Result[]
  /** What the figures do not say: shares of the time, sizes, plans. */
  readonly notes: readonly string[]
}

/** Something we measure beside a peer that does the same. */
export interface Benchmark {
  readonly name: string
  readonly title: string
  run(): Promise<Findings>
}

export function ratioOf({ ours, peer }: Pick<Result, 'ours' | 'peer'>): number {
  return ours.value / peer.value
}

export function isMet({ goal, ...result }: Result): boolean {
  if (!goal) return true
  const value = goal.of === 'ratio' ? ratioOf(result) : result.ours.value
  return goal.kind === 'at most' ? value <= goal.value : value >= goal.value
}

export const ms = (value: number): Figure => ({ value, unit: 'ms' })
export const microseconds = (value: number): Figure => ({ value, unit: 'µs' })
export const kilobytes = (value: number): Figure => ({ value: value / 1024, unit: 'KB' })
export const perSecond = (value: number): Figure => ({ value, unit: '/s' })
