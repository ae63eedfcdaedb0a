import { mentionAt, STRANGER, sectionsAt, upwards, type Visitor } from './access-of.ts'
import { assertEvaluable } from './assert-evaluable.ts'
import type { Access, AuthzFile, Section } from './authz-file.ts'
import { dealias, membersOf } from './members-of.ts'

/**
 * What a file says about one path of a repository, as audiences of which the narrowest decides: a user listed in
 * `users` has that access; else every signed-in user has `authenticated`; else everybody has `everyone`. Where none of
 * these speaks of a visitor, the nearest path above decides, and with none there either, access is refused.
 */
export interface ResolvedPath {
  readonly path: string
  readonly everyone?: Access
  readonly authenticated?: Access
  readonly users: ReadonlyMap<string, Access>
}

/**
 * Says what an existing file gives in one repository, path by path (ancestors first), free of Subversion's OR-ing,
 * inversions, aliases and section precedence.
 * @throws {AuthzUnsupportedError} for a file with glob sections or an inverted empty group.
 */
export function resolveSections(file: AuthzFile, repository: string): ResolvedPath[] {
  assertEvaluable(file)
  const resolved = new Map<string, ResolvedPath>()
  for (const path of spokenPaths(file, repository)) {
    const answer = resolvePath({ file, sections: sectionsAt(file, repository, path), above: resolved }, path)
    if (answer) resolved.set(path, answer)
  }
  return [...resolved.values()]
}

function spokenPaths(file: AuthzFile, repository: string): string[] {
  const own = file.sections.filter((section) => section.repository === undefined || section.repository === repository)
  // With NUL for the slash, code-unit order puts every path right before the paths below it.
  const keys = new Set(own.map((section) => section.path.replaceAll('/', '\0')))
  return [...keys].sort().map((key) => key.replaceAll('\0', '/'))
}

interface Context {
  readonly file: AuthzFile
  readonly sections: readonly Section[]
  readonly above: ReadonlyMap<string, ResolvedPath>
}

function resolvePath(context: Context, path: string): ResolvedPath | undefined {
  const mention = (visitor: Visitor) => mentionAt(context.file, context.sections, visitor)
  const inherited = (visitor: Visitor) => accessAbove(context.above, path, visitor)
  const everyone = mention(undefined)
  const signedIn = mention(STRANGER)
  const users = new Map<string, Access>()
  const add = (user: string, access: Access | undefined) => access !== undefined && users.set(user, access)
  if (everyone === undefined && signedIn === undefined) {
    for (const user of namedAt(context)) add(user, mention(user))
    return users.size > 0 ? { path, users } : undefined
  }
  // A section may speak of anonymous visitors alone; `everyone` reaches the others too, who must keep what they have.
  const authenticated = signedIn ?? inherited(STRANGER)
  const affected = signedIn === undefined ? [...namedAt(context), ...namedAbove(context.above, path)] : namedAt(context)
  for (const user of new Set(affected)) {
    const access = mention(user) ?? inherited(user)
    if (access !== authenticated) add(user, access)
  }
  return {
    path,
    ...(everyone === undefined ? {} : { everyone }),
    ...(everyone === authenticated ? {} : { authenticated }),
    users,
  }
}

/** Every user whom an entry of these sections names, whether to include or, inverted, to exclude. */
function namedAt({ file, sections }: Context): Set<string> {
  const users = new Set<string>()
  for (const { subject } of sections.flatMap((section) => section.entries)) {
    if (!('name' in subject)) continue
    const { kind, name } = dealias(file, subject)
    if (kind !== 'group') users.add(name)
    else for (const user of membersOf(file, name)) users.add(user)
  }
  return users
}

function* pathsAbove(resolved: ReadonlyMap<string, ResolvedPath>, path: string): Generator<ResolvedPath> {
  for (const ancestor of upwards(path)) {
    const answer = resolved.get(ancestor)
    if (answer && ancestor !== path) yield answer
  }
}

function accessAbove(resolved: ReadonlyMap<string, ResolvedPath>, path: string, visitor: Visitor): Access {
  for (const { everyone, authenticated, users } of pathsAbove(resolved, path)) {
    const named = typeof visitor === 'string' ? users.get(visitor) : undefined
    const access = named ?? (visitor === undefined ? undefined : authenticated) ?? everyone
    if (access !== undefined) return access
  }
  return 'no'
}

function* namedAbove(resolved: ReadonlyMap<string, ResolvedPath>, path: string): Generator<string> {
  for (const { users } of pathsAbove(resolved, path)) yield* users.keys()
}
