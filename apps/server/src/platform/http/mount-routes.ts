import type { Route } from './route.ts'

/** One of the places at which an interface is served. */
export interface Root {
  /** What URLs begin with: `/api/v1`. */
  readonly path: string
  /** Ends the names of the operations there, so that each has a name of its own; empty for the first root. */
  readonly suffix: string
}

/**
 * The same operations once at each root. Every one of them is a route like any other: served, documented, measured and
 * tested by itself.
 */
export function mountRoutes(roots: readonly Root[], routes: readonly Route[]): Route[] {
  return roots.flatMap(({ path, suffix }) =>
    routes.map((route) => ({ ...route, url: `${path}${route.url}`, name: `${route.name}${suffix}` })),
  )
}

/** Where ER/Studio Team Server serves its interface. */
export const TEAM_SERVER_ROOTS: readonly Root[] = [
  { path: '/v1', suffix: '' },
  { path: '/api/v1', suffix: 'UnderApi' },
]
