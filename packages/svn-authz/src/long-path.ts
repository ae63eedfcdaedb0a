/** What an index of PostgreSQL holds, with room for what stands beside it. */
export const LONGEST_PATH_BYTES = 2000

/** Whether a path is too long to be kept, whatever characters it is made of. */
export function isLongPath(text: string): boolean {
  return new TextEncoder().encode(text).length > LONGEST_PATH_BYTES
}
