/** Gives equal sets of users one number, so that a set used in many sections is one group. */
export class UserSets {
  readonly all: Int32Array[] = []
  readonly #byHash = new Map<number, number[]>()

  /** The number of this set; `users` is sorted and has no repetitions. */
  intern(users: Int32Array): number {
    const hash = hashOf(users)
    const known = this.#find(users, hash)
    if (known !== undefined) return known
    const id = this.all.push(users) - 1
    const sameHash = this.#byHash.get(hash)
    if (sameHash) sameHash.push(id)
    else this.#byHash.set(hash, [id])
    return id
  }

  /** How many words it takes to speak of this set once more: its group's name, and the group if there is none yet. */
  wordsFor(users: Int32Array): number {
    if (users.length <= 1) return users.length
    return this.#find(users, hashOf(users)) === undefined ? users.length + 1 : 1
  }

  #find(users: Int32Array, hash: number): number | undefined {
    return this.#byHash.get(hash)?.find((id) => sameUsers(this.all[id], users))
  }
}

function hashOf(users: Int32Array): number {
  let hash = users.length
  for (const user of users) hash = (Math.imul(hash, 31) + user) | 0
  return hash
}

function sameUsers(a: Int32Array | undefined, b: Int32Array): boolean {
  return a !== undefined && a.length === b.length && a.every((user, i) => user === b[i])
}
