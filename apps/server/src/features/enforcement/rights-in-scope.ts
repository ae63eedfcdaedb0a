import { NONE, type Right, type Speech } from '../rules/index.ts'

interface Level {
  readonly anonymous: Right
  readonly authenticated: Right
  /** Only what was written from here on still holds: the nearest wide audience replaced all that stood before. */
  readonly wideFrom: number
  readonly start: number
}

interface Overwritten {
  readonly user: number
  readonly right: number
  readonly writtenAt: number
}

/**
 * The effective rights at one path while the tree of paths is walked: entering a path costs as much as it names users,
 * leaving it takes that back, and asking for a user's right costs the same at any depth.
 */
export class RightsInScope {
  readonly #rights: Uint8Array
  /** One past the position in the log where the user's right was written, 0 for never. */
  readonly #writtenAt: Int32Array
  readonly #log: Overwritten[] = []
  readonly #outer: Level[] = []
  #level: Level = { anonymous: NONE, authenticated: NONE, wideFrom: 0, start: 0 }

  constructor(userCount: number) {
    this.#rights = new Uint8Array(userCount)
    this.#writtenAt = new Int32Array(userCount)
  }

  get anonymous(): Right {
    return this.#level.anonymous
  }

  /** The right of signed-in users who are named nowhere in scope. */
  get authenticated(): Right {
    return this.#level.authenticated
  }

  rightOf(user: number): Right {
    const holds = (this.#writtenAt[user] ?? 0) > this.#level.wideFrom
    return holds ? ((this.#rights[user] ?? NONE) as Right) : this.#level.authenticated
  }

  enter({ everyone, authenticated, members, rights }: Speech): void {
    this.#outer.push(this.#level)
    const wide = authenticated ?? everyone
    const start = this.#log.length
    this.#level = {
      anonymous: everyone ?? this.anonymous,
      authenticated: wide ?? this.authenticated,
      wideFrom: wide === undefined ? this.#level.wideFrom : start,
      start,
    }
    members.forEach((user, i) => {
      this.#log.push({ user, right: this.#rights[user] ?? NONE, writtenAt: this.#writtenAt[user] ?? 0 })
      this.#rights[user] = rights[i] ?? NONE
      this.#writtenAt[user] = this.#log.length
    })
  }

  leave(): void {
    while (this.#log.length > this.#level.start) {
      const { user, right, writtenAt } = this.#log.pop() as Overwritten
      this.#rights[user] = right
      this.#writtenAt[user] = writtenAt
    }
    this.#level = this.#outer.pop() ?? this.#level
  }

  /** The users whose right differs from other signed-in users', or undefined if finding them takes over `limit` steps. */
  deviants(limit: number): number[] | undefined {
    const from = this.#level.wideFrom
    if (this.#log.length - from > limit) return undefined
    const users: number[] = []
    for (let i = from; i < this.#log.length; i++) {
      const { user } = this.#log[i] as Overwritten
      const last = this.#writtenAt[user] === i + 1
      if (last && this.#rights[user] !== this.#level.authenticated) users.push(user)
    }
    return users
  }
}
