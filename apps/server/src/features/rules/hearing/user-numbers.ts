/**
 * Users by number. One for many repositories spares numbering again the members of rules that speak of several: nearly all
 * of the time it takes to look at a repository.
 */
export class UserNumbers {
  readonly #names: string[] = []
  readonly #numbers = new Map<string, number>()
  readonly #lists = new WeakMap<readonly string[], Int32Array>()

  nameOf(user: number): string {
    return this.#names[user] ?? ''
  }

  /** The numbers of the users listed, sorted, each once. Remembered: a list must not change. */
  of(list: readonly string[]): Int32Array {
    const known = this.#lists.get(list)
    if (known) return known
    const sorted = Int32Array.from(list, (name) => this.#numberOf(name)).sort()
    const users = sorted.filter((user, i) => i === 0 || user !== sorted[i - 1])
    this.#lists.set(list, users)
    return users
  }

  #numberOf(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    const added = this.#names.push(name) - 1
    this.#numbers.set(name, added)
    return added
  }
}
