import type { Dialect, Route } from '../route.ts'

/**
 * Makes the function that says in whose manner a URL at which there is nothing is refused: that of most of the routes
 * that begin with as much of it as any does, segment by segment.
 */
export function dialectsByUrl(routes: readonly Route[]): (url: string) => Dialect {
  const counts = new Map<string, Map<Dialect, number>>()
  for (const { url, dialect } of routes) {
    for (const beginning of beginnings(url.split('/{', 1)[0] ?? '')) {
      const here = counts.get(beginning) ?? new Map<Dialect, number>()
      counts.set(beginning, here.set(dialect, (here.get(dialect) ?? 0) + 1))
    }
  }
  const dialects = new Map([...counts].map(([beginning, here]) => [beginning, mostOf(here)]))
  return (url) => {
    const known = beginnings(url.split('?', 1)[0] ?? '').findLast((beginning) => dialects.has(beginning))
    return (known !== undefined && dialects.get(known)) || 'admin'
  }
}

/** `/v1/groups` begins with `/v1` and `/v1/groups`. */
function beginnings(path: string): readonly string[] {
  const segments = path.split('/').filter((segment) => segment !== '')
  return segments.map((_, index) => `/${segments.slice(0, index + 1).join('/')}`)
}

/** Of as many, the one that was declared first. */
function mostOf(counts: ReadonlyMap<Dialect, number>): Dialect | undefined {
  return [...counts].reduce((most, each) => (each[1] > most[1] ? each : most))[0]
}
