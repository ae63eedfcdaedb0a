/** Whether a path is the one that a rule speaks of, or lies below it. The peers are given this, so that none pays for patterns. */
export function isAtOrBelow(path: string, spoken: string): boolean {
  if (spoken === '/' || path === spoken) return true
  return path.startsWith(spoken) && path[spoken.length] === '/'
}
