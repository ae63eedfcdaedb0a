/** Users who are in the same sets, so that wherever one is written the others are too. */
export interface Atom {
  readonly users: number[]
  /** The sets, by number, that hold the whole atom; every other set holds none of it. */
  readonly sets: number[]
}

/** Splits sorted sets of users into atoms, in order of first appearance, in time proportional to the sets' sizes. */
export function findAtoms(sets: readonly Int32Array[]): Atom[] {
  const classOf = refine(sets)
  const atoms = new Map<number, Atom>()
  sets.forEach((users, set) => {
    for (const user of users) {
      const id = classOf[user] ?? 0
      const atom = atoms.get(id) ?? { users: [], sets: [] }
      if (atom.sets.length === 0) atoms.set(id, atom)
      if (atom.sets.at(-1) !== set) atom.sets.push(set)
      if (atom.sets[0] === set) atom.users.push(user)
    }
  })
  return [...atoms.values()]
}

/** Partition refinement: each set in turn splits every class it holds a part of. Class 0 is of users in no set. */
function refine(sets: readonly Int32Array[]): Int32Array {
  const highest = sets.reduce((user, users) => Math.max(user, users.at(-1) ?? 0), 0)
  const classOf = new Int32Array(highest + 1)
  let count = 1
  for (const users of sets) {
    const split = new Map<number, number>()
    for (const user of users) {
      const before = classOf[user] ?? 0
      const after = split.get(before) ?? count++
      split.set(before, after)
      classOf[user] = after
    }
  }
  return classOf
}
