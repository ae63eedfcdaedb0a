/** The path and all above it, the nearest first: what is said at any of them may decide at the path. */
export function enclosingPaths(path: string): string[] {
  const paths = [path]
  for (let at = path; at !== '/'; ) {
    at = at.slice(0, at.lastIndexOf('/')) || '/'
    paths.push(at)
  }
  return paths
}
