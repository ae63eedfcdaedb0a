import type { UnreachablePath } from './find-unreachable.ts'

const NAMED = 5

/**
 * Says it to whoever administers the rules. Subversion 1.14 answers a checkout or listing of the path itself, through
 * svnserve and Apache alike, and refuses ("Authorization failed", 403) to list the directory that is closed.
 */
export function describeUnreachable(found: UnreachablePath, repositoryName: string): string {
  const { path, blockedAt } = found
  const who = whoOf(found)
  return (
    `${who} may read ${path} of ${repositoryName}, but not ${blockedAt} above it: ` +
    'the path can be checked out by its own URL, and cannot be browsed to from the root.'
  )
}

function whoOf({ audience, usernames }: UnreachablePath): string {
  if (audience === 'everyone') return 'Anonymous visitors'
  if (audience === 'authenticated') return 'Signed-in users whom no rule there names'
  const rest = usernames.length - NAMED
  const names = usernames.slice(0, NAMED).join(', ')
  const count = usernames.length === 1 ? '1 user' : `${usernames.length} users`
  return `${count} (${names}${rest > 0 ? ` and ${rest} more` : ''})`
}
