import type { AccessChange } from '@portreeve/client'

/** `stops` is where the change of a path above ends, and things stay as they were. */
export type AccessDirection = 'gains' | 'loses' | 'stops'

const STRENGTH: Readonly<Record<AccessChange['before'], number>> = { NONE: 0, READ: 1, READ_WRITE: 2 }
const NAMES: Readonly<Record<AccessChange['before'], string>> = {
  NONE: 'no access',
  READ: 'read',
  READ_WRITE: 'read and write',
}

export function directionOf({ before, after }: Pick<AccessChange, 'before' | 'after'>): AccessDirection {
  if (before === after) return 'stops'
  return STRENGTH[after] > STRENGTH[before] ? 'gains' : 'loses'
}

/** `no access → read`. */
export function rightsText({ before, after }: Pick<AccessChange, 'before' | 'after'>): string {
  return before === after ? `still ${NAMES[before]}` : `${NAMES[before]} → ${NAMES[after]}`
}
