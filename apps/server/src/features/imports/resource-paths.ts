import type { PlannedTeam } from '@portreeve/svn-authz'

/** What a team must hand out for all of these to be its subteams: their resources that are below no other. */
export function topmostPaths(teams: readonly PlannedTeam[]): string[] {
  const paths = new Set(teams.flatMap(({ resources }) => resources.map(({ path }) => path)))
  return [...paths].filter((path) => pathsAbove(path).every((above) => !paths.has(above))).sort()
}

/** The nearest of the paths at or above `path`; a plan has one for each place of its rules. */
export function coveringPath(paths: { has(path: string): boolean }, path: string): string {
  const covering = [path, ...pathsAbove(path)].find((each) => paths.has(each))
  if (covering === undefined) throw new Error(`The plan speaks of ${path}, which its team does not hand out.`)
  return covering
}

function pathsAbove(path: string): string[] {
  const above: string[] = []
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) above.push(path.slice(0, end))
  return path === '/' ? above : [...above, '/']
}
