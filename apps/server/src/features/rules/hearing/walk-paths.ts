/**
 * Visits every path right before the paths below it, each with what the visit of the nearest path above it answered:
 * `outside` where there is none.
 */
export function walkPaths<T>(paths: Iterable<string>, outside: T, visit: (path: string, above: T) => T): void {
  const entered: { readonly path: string; readonly value: T }[] = []
  for (const path of ancestorsFirst(paths)) {
    while (entered.length > 0 && !isBelow(path, entered.at(-1)?.path ?? '')) entered.pop()
    entered.push({ path, value: visit(path, entered.at(-1)?.value ?? outside) })
  }
}

/** Every path right before the paths below it, each once: with NUL for the slash, "/a-b" does not come between "/a" and "/a/b". */
export function ancestorsFirst(paths: Iterable<string>): string[] {
  const keys = new Set(Array.from(paths, (path) => path.replaceAll('/', '\0')))
  return [...keys].sort().map((key) => key.replaceAll('\0', '/'))
}

/** Whether a path lies below another one. */
export function isBelow(path: string, ancestor: string): boolean {
  return path.startsWith(ancestor === '/' ? '/' : `${ancestor}/`)
}
