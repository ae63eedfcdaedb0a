import type { FastifyReply, FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import { requestErrors } from '../problems/request-errors.ts'

/** What a caller has left. */
export interface Allowance {
  /** Below nought for a request too many. */
  readonly remaining: number
  /** Until all of it is there again. */
  readonly resetMs: number
}

const WINDOW_MS = 60_000
/** Whoever was longest away is forgotten beyond so many, and begins anew. */
const MOST_CALLERS = 100_000

/** So many requests a minute for each caller, counted on this node from the caller's first one on. */
export class RateLimiter {
  readonly limit: number
  readonly #now: () => number
  readonly #windows = new LRUCache<string, { readonly endsAt: number; taken: number }>({ max: MOST_CALLERS })

  constructor(limit: number, now: () => number = () => performance.now()) {
    this.limit = limit
    this.#now = now
  }

  take(caller: string): Allowance {
    const now = this.#now()
    let window = this.#windows.get(caller)
    if (!window || window.endsAt <= now) {
      window = { endsAt: now + WINDOW_MS, taken: 0 }
      this.#windows.set(caller, window)
    }
    window.taken += 1
    return { remaining: this.limit - window.taken, resetMs: window.endsAt - now }
  }
}

/** Counts a request that an app sends for its user, and tells it what is left. Throws `request.too_many`. */
export function limitRate(limiter: RateLimiter, { signedIn }: FastifyRequest, reply: FastifyReply): void {
  const { client, userId } = signedIn?.caller ?? {}
  if (client === undefined) return
  const { remaining, resetMs } = limiter.take(`${client} ${userId}`)
  reply.headers({ 'x-ratelimit-limit': limiter.limit, 'x-ratelimit-remaining': Math.max(0, remaining) })
  if (remaining < 0) throw requestErrors.too_many(limiter.limit, Math.ceil(resetMs / 1000))
}
