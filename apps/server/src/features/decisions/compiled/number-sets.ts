/**
 * Many sets of small numbers, each sorted, side by side in one array: four bytes for each member, whatever the number of
 * sets. Sets that changed since are kept apart until they are many.
 */
export class NumberSets {
  /** Where each set starts in `#members`, with one more entry for where the last one ends. */
  #starts: Uint32Array
  #members: Uint32Array
  readonly #changed = new Map<number, Uint32Array>()
  /** How many sets there are: one more than the highest that ever had members. */
  #count: number

  private constructor(starts: Uint32Array, members: Uint32Array) {
    this.#starts = starts
    this.#members = members
    this.#count = starts.length - 1
  }

  /** The n-th set holds the n-th of `sets`, each sorted. */
  static of(sets: readonly Uint32Array[]): NumberSets {
    const starts = new Uint32Array(sets.length + 1)
    for (const [n, set] of sets.entries()) starts[n + 1] = (starts[n] ?? 0) + set.length
    const members = new Uint32Array(starts[sets.length] ?? 0)
    for (const [n, set] of sets.entries()) members.set(set, starts[n])
    return new NumberSets(starts, members)
  }

  /** The same pairs from their other side: the n-th of the `count` sets holds the sets of `this` that n is in. */
  turned(count: number): NumberSets {
    const starts = new Uint32Array(count + 1)
    const sets = this.#count
    for (let set = 0; set < sets; set += 1)
      for (const member of this.membersOf(set)) starts[member + 1] = (starts[member + 1] ?? 0) + 1
    for (let n = 0; n < count; n += 1) starts[n + 1] = (starts[n + 1] ?? 0) + (starts[n] ?? 0)
    const next = starts.slice()
    const members = new Uint32Array(starts[count] ?? 0)
    for (let set = 0; set < sets; set += 1) {
      for (const member of this.membersOf(set)) {
        const at = next[member] ?? 0
        members[at] = set
        next[member] = at + 1
      }
    }
    return new NumberSets(starts, members)
  }

  get size(): number {
    let size = this.#members.length
    for (const [n, set] of this.#changed) size += set.length - this.#keptLength(n)
    return size
  }

  membersOf(n: number): Uint32Array {
    return this.#changed.get(n) ?? this.#members.subarray(this.#starts[n] ?? 0, this.#endOf(n))
  }

  sizeOf(n: number): number {
    const changed = this.#changed.size > 0 ? this.#changed.get(n) : undefined
    return changed ? changed.length : this.#keptLength(n)
  }

  /** The i-th member of the n-th set, without making a view of it. */
  memberAt(n: number, i: number): number | undefined {
    const changed = this.#changed.size > 0 ? this.#changed.get(n) : undefined
    return changed ? changed[i] : this.#members[(this.#starts[n] ?? 0) + i]
  }

  has(n: number, member: number): boolean {
    const changed = this.#changed.size > 0 ? this.#changed.get(n) : undefined
    if (changed) return placeOf(changed, member) >= 0
    return placeOf(this.#members, member, { from: this.#starts[n] ?? 0, to: this.#endOf(n) }) >= 0
  }

  add(n: number, member: number): void {
    const set = this.membersOf(n)
    const place = placeOf(set, member)
    if (place >= 0) return
    this.#change(n, withEntry(set, -place - 1, member))
  }

  remove(n: number, member: number): void {
    const set = this.membersOf(n)
    const place = placeOf(set, member)
    if (place >= 0) this.#change(n, withoutEntry(set, place))
  }

  addAll(n: number, members: Uint32Array): void {
    const set = this.membersOf(n)
    const all = new Uint32Array(set.length + members.length)
    all.set(set)
    all.set(members, set.length)
    all.sort()
    this.#change(
      n,
      all.filter((member, i) => i === 0 || member !== all[i - 1]),
    )
  }

  removeAll(n: number, members: Uint32Array): void {
    const gone = new Set(members)
    this.#change(
      n,
      this.membersOf(n).filter((member) => !gone.has(member)),
    )
  }

  clear(n: number): void {
    if (this.sizeOf(n) > 0) this.#change(n, new Uint32Array(0))
  }

  #change(n: number, set: Uint32Array): void {
    this.#changed.set(n, set)
    this.#count = Math.max(this.#count, n + 1)
    // So seldom that all it copies is little for each change.
    if (this.#changed.size > MANY_CHANGED && this.#changed.size > this.#count / 8) this.#compact()
  }

  #compact(): void {
    const all = NumberSets.of(Array.from({ length: this.#count }, (_, n) => this.membersOf(n)))
    this.#starts = all.#starts
    this.#members = all.#members
    this.#changed.clear()
  }

  #endOf(n: number): number {
    return this.#starts[n + 1] ?? this.#starts[n] ?? 0
  }

  #keptLength(n: number): number {
    return n + 1 < this.#starts.length ? this.#endOf(n) - (this.#starts[n] ?? 0) : 0
  }
}

const MANY_CHANGED = 1000

/** Where a number is in a sorted array, or in a span of it; else -1 - where it would be put. */
function placeOf(sorted: Uint32Array, wanted: number, { from, to }: Span = { from: 0, to: sorted.length }): number {
  let low = from
  let high = to - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = sorted[middle] as number
    if (found === wanted) return middle
    if (found < wanted) low = middle + 1
    else high = middle - 1
  }
  return -1 - low
}

interface Span {
  readonly from: number
  /** Not part of it any more. */
  readonly to: number
}

/** A copy with one entry more, in that place. */
function withEntry(set: Uint32Array, place: number, entry: number): Uint32Array {
  const longer = new Uint32Array(set.length + 1)
  longer.set(set.subarray(0, place))
  longer[place] = entry
  longer.set(set.subarray(place), place + 1)
  return longer
}

/** A copy without the entry in that place. */
function withoutEntry(set: Uint32Array, place: number): Uint32Array {
  const shorter = new Uint32Array(set.length - 1)
  shorter.set(set.subarray(0, place))
  shorter.set(set.subarray(place + 1), place)
  return shorter
}
