import type { PermissionType } from '../statement.ts'

/** A right as a small number, to be kept in typed arrays: nothing, reading, reading and writing. */
export type Right = 0 | 1 | 2
export const NONE = 0
export const READ = 1
export const READ_WRITE = 2

export const RIGHT_OF: Record<PermissionType, Right> = { NONE, READ, READ_WRITE }

/** Where two statements of equal audience meet, a denial beats writing and writing beats reading. */
export function strongerRight(a: Right | undefined, b: Right): Right {
  if (a === undefined || b === NONE || a === NONE) return a === NONE ? NONE : b
  return a > b ? a : b
}
