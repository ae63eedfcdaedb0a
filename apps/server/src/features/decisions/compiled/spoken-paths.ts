import type { SpokenPath } from './spoken-path.ts'

/**
 * The paths of a repository of which rules speak, found from any path below them. Prefixes are looked up by a hash that one
 * pass over the path makes for all of them: cutting the path at each slash would make, and hash, a text for each.
 */
export class SpokenPaths {
  #root: SpokenPath | undefined
  /** All but the root, by the hash of the path; mostly one each. */
  readonly #byHash = new Map<number, readonly SpokenPath[]>()
  #size = 0
  /** Moves whenever a path comes or goes: what is remembered of which is above which is of one edition. */
  #edition = 0
  /** Of the path that is looked up: where its prefixes end, and their hashes. */
  readonly #ends: number[] = []
  readonly #hashes: number[] = []

  get size(): number {
    return this.#size + (this.#root ? 1 : 0)
  }

  get(path: string): SpokenPath | undefined {
    return path === '/' ? this.#root : this.#find(hashOf(path), path, path.length)
  }

  /** A path that is not there yet. */
  add(spoken: SpokenPath): void {
    this.#edition += 1
    if (spoken.path === '/') {
      this.#root = spoken
      return
    }
    const hash = hashOf(spoken.path)
    this.#byHash.set(hash, [...(this.#byHash.get(hash) ?? []), spoken])
    this.#size += 1
  }

  delete(spoken: SpokenPath): void {
    this.#edition += 1
    if (spoken === this.#root) {
      this.#root = undefined
      return
    }
    const hash = hashOf(spoken.path)
    const others = (this.#byHash.get(hash) ?? []).filter((each) => each !== spoken)
    if (others.length > 0) this.#byHash.set(hash, others)
    else this.#byHash.delete(hash)
    this.#size -= 1
  }

  /** The nearest at or above a path. */
  nearest(path: string): SpokenPath | undefined {
    let hash = HASH_OF_NOTHING
    let count = 0
    for (let at = 0; at < path.length; at += 1) {
      const code = path.charCodeAt(at)
      if (code === SLASH && at > 0) {
        this.#ends[count] = at
        this.#hashes[count] = hash
        count += 1
      }
      hash = hashedWith(hash, code)
    }
    this.#ends[count] = path.length
    this.#hashes[count] = hash
    count += path === '/' ? 0 : 1
    while (count > 0) {
      count -= 1
      const found = this.#find(this.#hashes[count] as number, path, this.#ends[count] as number)
      if (found) return found
    }
    return this.#root
  }

  /** The nearest one above a spoken path; looked up once for as long as no path comes or goes. */
  above(spoken: SpokenPath): SpokenPath | undefined {
    if (spoken.aboveOf !== this.#edition) {
      const slash = spoken.path.lastIndexOf('/')
      spoken.above = spoken === this.#root ? undefined : this.nearest(slash <= 0 ? '/' : spoken.path.slice(0, slash))
      spoken.aboveOf = this.#edition
    }
    return spoken.above
  }

  #find(hash: number, path: string, length: number): SpokenPath | undefined {
    for (const spoken of this.#byHash.get(hash) ?? NONE_SUCH) {
      if (spoken.path.length === length && path.startsWith(spoken.path)) return spoken
    }
    return undefined
  }
}

const NONE_SUCH: readonly SpokenPath[] = []
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
