import type { Id } from '../../../kernel/ids.ts'

/** Names a session to its owner. It is not its secret, nor made from it. */
export type SessionId = Id<'Session'>

const HOUR_MS = 60 * 60 * 1000
const IDLE_MS = 12 * HOUR_MS
const LONGEST_MS = 7 * 24 * HOUR_MS

/** Last use is written at most this often for each session and token, so that reads stay reads. */
export const USE_WRITTEN_EVERY_MS = 60 * 1000

/** When a session made at `createdAt` and used at `usedAt` ends: 12 hours unused, or 7 days after it was made. */
export function sessionEnd(createdAt: Date, usedAt: Date): Date {
  return new Date(Math.min(usedAt.getTime() + IDLE_MS, createdAt.getTime() + LONGEST_MS))
}

/** Whether a use at `now` is worth writing down. */
export function isUseDue(lastUsedAt: Date | undefined, now: Date): boolean {
  return lastUsedAt === undefined || now.getTime() - lastUsedAt.getTime() >= USE_WRITTEN_EVERY_MS
}
