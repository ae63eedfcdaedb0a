import { sectionsAt } from '../access-of.ts'
import type { AuthzFile } from '../authz-file.ts'
import { isExpressibleUsername } from '../expressible.ts'
import { dealias, membersOf } from '../members-of.ts'
import { resolveSections } from '../resolve-sections.ts'
import { composeTeams, type PlacedStatement } from './compose-teams.ts'
import { coverPath } from './cover-path.ts'
import type { ImportNote, ImportPlan, PlannedTeam } from './import-plan.ts'
import { noteEntries, noteNames } from './note-entries.ts'

const LONGEST_USERNAME = 256
const REPOSITORY_NAME = /^(?!\.+$)[A-Za-z0-9._-]{1,128}$/

/**
 * Plans teams and rules that give everybody what an existing file gives them, in the repositories it names and in those
 * given, which its sections for all repositories reach too.
 * @throws {AuthzUnsupportedError} for a file with glob sections or an inverted empty group.
 */
export function planImport(file: AuthzFile, repositories: readonly string[]): ImportPlan {
  const wanted = new Set([...repositories, ...file.sections.flatMap((section) => section.repository ?? [])])
  const [named, unnamable] = partition([...wanted].sort(), (name) => REPOSITORY_NAME.test(name))
  const [users, unspeakable] = partition(usersOf(file), isPossibleUsername)
  const planned = named.map((repository) => planRepository(file, repository))
  const teams = composeTeams(
    file,
    planned.flatMap(({ placed }) => placed),
  )
  return {
    users,
    repositories: named,
    teams: unspeakable.length === 0 ? teams : teams.map((team) => without(team, new Set(unspeakable))),
    unexpressed: [
      ...unnamable.map((name) => `The sections of "${name}" are left out: a repository cannot have that name.`),
      ...unspeakable.map((user) => `${JSON.stringify(user)} is left out: it cannot be a username.`),
    ],
    notes: [...planned.flatMap(({ notes }) => notes), ...noteNames(file, teams)],
  }
}

interface PlannedRepository {
  readonly placed: readonly PlacedStatement[]
  readonly notes: readonly ImportNote[]
}

function planRepository(file: AuthzFile, repository: string): PlannedRepository {
  const placed: PlacedStatement[] = []
  const notes: ImportNote[] = []
  for (const resolved of resolveSections(file, repository)) {
    const place = { repository, path: resolved.path }
    const sections = sectionsAt(file, repository, resolved.path)
    const statements = coverPath(file, sections, resolved)
    for (const statement of statements) placed.push({ place, statement })
    notes.push(...noteEntries(file, sections, statements))
  }
  return { placed, notes }
}

/** Every user whom a group or an entry names. */
function usersOf(file: AuthzFile): string[] {
  const users = new Set<string>()
  for (const group of file.groups.keys()) for (const user of membersOf(file, group)) users.add(user)
  for (const { subject } of file.sections.flatMap((section) => section.entries)) {
    if (!('name' in subject)) continue
    const named = dealias(file, subject)
    if (named.kind === 'user') users.add(named.name)
  }
  return [...users].sort()
}

function isPossibleUsername(name: string): boolean {
  return isExpressibleUsername(name) && name.length <= LONGEST_USERNAME
}

function without(team: PlannedTeam, left: ReadonlySet<string>): PlannedTeam {
  const stay = (names: readonly string[]) => names.filter((name) => !left.has(name))
  const rules = team.rules.map((rule) => ({ ...rule, members: stay(rule.members) }))
  return { ...team, members: stay(team.members), rules }
}

function partition<T>(items: readonly T[], belongs: (item: T) => boolean): [yes: T[], no: T[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))]
}
