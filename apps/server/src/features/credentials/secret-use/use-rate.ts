import type { AppError } from '../../../kernel/errors.ts'
import type { Principal } from '../../../kernel/principal.ts'

/** How often a user has done something. */
export interface UseCount {
  readonly count: number
  /** When the first of these was; null when there was none. */
  readonly first: Date | null
}

/** How often a user may do it. */
export interface UseRate<Stores> {
  readonly mostAnHour: number
  /** Lets one request of the user at a time count and add, until the end of the transaction. */
  countSince(stores: Stores, userId: string, since: Date): Promise<UseCount>
  tooMany(mostAnHour: number, waitS: number): AppError
}

const HOUR_MS = 60 * 60 * 1000

function hourBefore(at: Date): Date {
  return new Date(at.getTime() - HOUR_MS)
}

/** Throws `tooMany`, and then when it is worth coming again. */
export async function assertWithinRate<Stores>(
  stores: Stores,
  { mostAnHour, countSince, tooMany }: UseRate<Stores>,
  { caller, at }: { readonly caller: Principal; readonly at: Date },
): Promise<void> {
  const { count, first } = await countSince(stores, caller.userId, hourBefore(at))
  if (count < mostAnHour) return
  const waitMs = (first ?? at).getTime() + HOUR_MS - at.getTime()
  throw tooMany(mostAnHour, Math.ceil(waitMs / 1000))
}
