/** Users whom several large sets have in common, and these sets by number. */
export interface CommonCore {
  readonly users: Int32Array
  readonly sets: readonly number[]
}

interface Family {
  users: Int32Array
  readonly sets: number[]
}

const SMALLEST_SET = 32
/** A set joins a family only while at least this share of it, and of the family's core, is in common. */
const COMMON_SHARE = 0.5
// Bounds the work to this many intersections a set; more families than this were never found in real files.
const MOST_FAMILIES = 16

/**
 * Finds large sets that are nearly equal, such as "all committers but those of this project", so that what they have in
 * common is written once. Larger sets go first; the result depends on the sets and their order alone.
 */
export function findCommonCores(sets: readonly Int32Array[]): CommonCore[] {
  const large = Array.from(sets.keys()).filter((set) => (sets[set]?.length ?? 0) >= SMALLEST_SET)
  large.sort((a, b) => (sets[b]?.length ?? 0) - (sets[a]?.length ?? 0) || a - b)
  const families: Family[] = []
  for (const set of large) {
    const users = sets[set] ?? new Int32Array()
    const joined = families.some((family) => join(family, set, users))
    if (!joined && families.length < MOST_FAMILIES) families.push({ users, sets: [set] })
  }
  return families.filter((family) => family.sets.length > 1)
}

function join(family: Family, set: number, users: Int32Array): boolean {
  const common = intersect(family.users, users)
  if (common.length < COMMON_SHARE * Math.max(family.users.length, users.length)) return false
  const saved = family.sets.length * common.length
  if (saved <= (family.sets.length - 1) * family.users.length) return false
  family.users = common
  family.sets.push(set)
  return true
}

function intersect(a: Int32Array, b: Int32Array): Int32Array {
  const common = new Int32Array(Math.min(a.length, b.length))
  let [i, j, count] = [0, 0, 0]
  while (i < a.length && j < b.length) {
    const difference = (a[i] ?? 0) - (b[j] ?? 0)
    if (difference === 0) common[count++] = a[i] ?? 0
    if (difference <= 0) i++
    if (difference >= 0) j++
  }
  return common.subarray(0, count)
}

/** The users of `a` who are not in `b`, both sorted. */
export function subtract(a: Int32Array, b: Int32Array): Int32Array {
  let j = 0
  return a.filter((user) => {
    while (j < b.length && (b[j] ?? 0) < user) j++
    return b[j] !== user
  })
}
