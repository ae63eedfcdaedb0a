import type { Saying, SpokenPath } from './spoken-path.ts'

/**
 * The paths of a repository of which rules speak, found from any path below them. Prefixes are looked up by a hash that one
 * pass over the path makes for all of them: cutting the path at each slash would make, and hash, a text for each.
 */
export class SpokenPaths<Permission extends Saying> {
  #root: SpokenPath<Permission> | undefined
  /** All but the root, by the hash of the path: the first of its twins, mostly the only one. */
  readonly #byHash = new Map<number, SpokenPath<Permission>>()
  #size = 0
  /** Of the longest path that ever was here: no longer prefix need be looked for. */
  #longest = 0
  /** Moves whenever a path comes or goes: what is remembered of which is above which is of one edition. */
  #edition = 0
  /** Of the path that is looked up: where its prefixes end, and their hashes. */
  readonly #ends: number[] = []
  readonly #hashes: number[] = []

  get size(): number {
    return this.#size + (this.#root ? 1 : 0)
  }

  get(path: string): SpokenPath<Permission> | undefined {
    return path === '/' ? this.#root : this.#find(hashOf(path), path, path.length)
  }

  /** A path that is not there yet. */
  add(spoken: SpokenPath<Permission>): void {
    this.#edition += 1
    if (spoken.path === '/') {
      this.#root = spoken
      return
    }
    this.#longest = Math.max(this.#longest, spoken.path.length)
    const hash = hashOf(spoken.path)
    spoken.twin = this.#byHash.get(hash)
    this.#byHash.set(hash, spoken)
    this.#size += 1
  }

  delete(spoken: SpokenPath<Permission>): void {
    this.#edition += 1
    if (spoken === this.#root) {
      this.#root = undefined
      return
    }
    const hash = hashOf(spoken.path)
    const first = this.#byHash.get(hash)
    if (first !== spoken) unlink(first, spoken)
    else if (spoken.twin) this.#byHash.set(hash, spoken.twin)
    else this.#byHash.delete(hash)
    this.#size -= 1
  }

  /** The nearest at or above a path. */
  nearest(path: string): SpokenPath<Permission> | undefined {
    for (let n = this.#hashPrefixes(path) - 1; n >= 0; n -= 1) {
      const found = this.#find(this.#hashes[n] as number, path, this.#ends[n] as number)
      if (found) return found
    }
    return this.#root
  }

  /** The nearest one above a spoken path; looked up once for as long as no path comes or goes. */
  above(spoken: SpokenPath<Permission>): SpokenPath<Permission> | undefined {
    if (spoken.aboveOf !== this.#edition) {
      const slash = spoken.path.lastIndexOf('/')
      spoken.above = spoken === this.#root ? undefined : this.nearest(slash <= 0 ? '/' : spoken.path.slice(0, slash))
      spoken.aboveOf = this.#edition
    }
    return spoken.above
  }

  /** How many prefixes there are that might be spoken of, the root aside; the shortest first. */
  #hashPrefixes(path: string): number {
    const longest = Math.min(path.length, this.#longest)
    let hash = HASH_OF_NOTHING
    let count = 0
    for (let at = 0; at <= longest; at += 1) {
      const code = at < path.length ? path.charCodeAt(at) : SLASH
      if (code === SLASH && at > 1) {
        this.#ends[count] = at
        this.#hashes[count] = hash
        count += 1
      }
      hash = hashedWith(hash, code)
    }
    return count
  }

  #find(hash: number, path: string, length: number): SpokenPath<Permission> | undefined {
    for (let spoken = this.#byHash.get(hash); spoken; spoken = spoken.twin) {
      if (spoken.path.length === length && path.startsWith(spoken.path)) return spoken
    }
    return undefined
  }
}

/** Takes one out of the twins that follow the first. */
function unlink<Permission extends Saying>(
  first: SpokenPath<Permission> | undefined,
  gone: SpokenPath<Permission>,
): void {
  for (let spoken = first; spoken; spoken = spoken.twin) if (spoken.twin === gone) spoken.twin = gone.twin
}

const SLASH = 47

/** FNV-1a over UTF-16 code units, cut to what V8 keeps as a small integer. */
const HASH_OF_NOTHING = 0x011c9dc5
function hashedWith(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193) & 0x3fffffff
}

function hashOf(path: string): number {
  let hash = HASH_OF_NOTHING
  for (let at = 0; at < path.length; at += 1) hash = hashedWith(hash, path.charCodeAt(at))
  return hash
}
