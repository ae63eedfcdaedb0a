import { randomUUIDv7 } from 'node:crypto'
import type { Id, IdSource } from '../kernel/ids.ts'

/** Ids from the system's clock and random numbers. */
export const uuidSource: IdSource = { next: <T extends Id<string>>() => randomUUIDv7() as T }
