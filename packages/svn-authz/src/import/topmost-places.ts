import { upwards } from '../access-of.ts'
import type { Place } from './import-plan.ts'

/** The places that are below no other, each once, sorted: whoever may hand these out may hand out all. */
export function topmostPlaces(places: readonly Place[]): Place[] {
  const unique = new Map(places.map((place) => [`${place.repository}:${place.path}`, place]))
  const topmost = [...unique.values()].filter(({ repository, path }) =>
    [...upwards(path)].every((above) => above === path || !unique.has(`${repository}:${above}`)),
  )
  return topmost.sort((a, b) => compare(a.repository, b.repository) || compare(a.path, b.path))
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
