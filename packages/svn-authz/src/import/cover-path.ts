import type { Access, AuthzFile, Section } from '../authz-file.ts'
import { dealias, membersOf } from '../members-of.ts'
import type { ResolvedPath } from '../resolve-sections.ts'

/** What rules say of one path: a group of the file, users by name, or an audience, has this access. */
export type Statement = { readonly access: Access } & (
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'users'; readonly users: readonly string[] }
  | { readonly kind: 'audience'; readonly audience: 'authenticated' | 'everyone' }
)

interface Candidate {
  readonly kind: 'user' | 'group'
  readonly name: string
  readonly members: ReadonlySet<string>
  readonly access: Access
}

const RANK: Record<Access, number> = { no: 0, r: 1, rw: 2 }
const STRONGEST_FIRST: readonly Access[] = ['rw', 'r', 'no']

/**
 * Says what a path gives in as many of the file's own words as still hold when `no` beats `rw` beats `r` among members,
 * and members beat audiences; whoever these words do not serve is named.
 */
export function coverPath(file: AuthzFile, sections: readonly Section[], resolved: ResolvedPath): Statement[] {
  const kept: Candidate[] = []
  const candidates = candidatesOf(file, sections)
  // Strongest first: who has more than an entry says must have it from one that is kept already, or be named below.
  for (const access of STRONGEST_FIRST) {
    const equals = candidates.filter((candidate) => candidate.access === access)
    const given = accessFrom(kept)
    kept.push(...equals.filter((candidate) => holds(candidate, resolved, given)))
  }
  const given = accessFrom(kept)
  const unserved = [...resolved.users].filter(([user, access]) => given.get(user) !== access)
  const named = STRONGEST_FIRST.map((access) => ({
    access,
    users: new Set([
      ...kept.filter((each) => each.kind === 'user' && each.access === access).map(({ name }) => name),
      ...unserved.filter(([, right]) => right === access).map(([user]) => user),
    ]),
  }))
  return [
    ...audiences(resolved),
    ...kept.filter(({ kind }) => kind === 'group').map(({ name, access }) => groupStatement(name, access)),
    ...named
      .filter(({ users }) => users.size > 0)
      .map(({ access, users }) => ({ kind: 'users' as const, access, users: [...users].sort() })),
  ]
}

/** Every user or group that an entry includes, once with each access. */
function candidatesOf(file: AuthzFile, sections: readonly Section[]): Candidate[] {
  const candidates = new Map<string, Candidate>()
  for (const { subject, inverted, access } of sections.flatMap(({ entries }) => entries)) {
    if (inverted || !('name' in subject)) continue
    const { kind, name } = dealias(file, subject)
    const candidate =
      kind === 'group'
        ? { kind, name, access, members: membersOf(file, name) }
        : { kind: 'user' as const, name, access, members: new Set([name]) }
    candidates.set(`${candidate.kind} ${access} ${name}`, candidate)
  }
  return [...candidates.values()]
}

/** Whether a rule that gives all members this access takes or gives nobody more than the file does. */
function holds({ members, access }: Candidate, resolved: ResolvedPath, given: ReadonlyMap<string, Access>): boolean {
  const others = resolved.authenticated ?? resolved.everyone
  // Nobody has it yet, but whoever joins would lose what others have, which no entry of Subversion's does.
  if (members.size === 0) return RANK[access] >= RANK[others ?? 'no']
  for (const user of members) {
    const right = resolved.users.get(user) ?? others
    if (right === access) continue
    if (right === undefined || RANK[right] < RANK[access] || access === 'no') return false
    if (given.get(user) !== right && !resolved.users.has(user)) return false
  }
  return true
}

/** What the kept statements give each user. None is a denial of what another grants, so the strongest decides. */
function accessFrom(kept: readonly Candidate[]): Map<string, Access> {
  const given = new Map<string, Access>()
  for (const { members, access } of kept) {
    for (const user of members) {
      if (RANK[access] >= RANK[given.get(user) ?? 'no']) given.set(user, access)
    }
  }
  return given
}

function groupStatement(group: string, access: Access): Statement {
  return { kind: 'group', group, access }
}

function audiences({ everyone, authenticated }: ResolvedPath): Statement[] {
  return [
    ...(everyone === undefined ? [] : [{ kind: 'audience' as const, audience: 'everyone' as const, access: everyone }]),
    ...(authenticated === undefined
      ? []
      : [{ kind: 'audience' as const, audience: 'authenticated' as const, access: authenticated }]),
  ]
}
