import type { Person } from './person.ts'
import type { SyncUser, TeamBefore, TeamStanding } from './plan-sync.ts'

/** A team that takes its members from a directory. */
export interface ManagedTeam {
  readonly id: string
  readonly name: string
  readonly ldapAuthority: string
  readonly ldapFilter: string
  /** A digest of the authority's settings: where people are looked for, and who is one. */
  readonly authorityState: string
}

/** A team with its query, if it has one. */
export type QueriedTeam = { readonly [K in keyof ManagedTeam]: K extends 'id' | 'name' ? string : string | null }

export function managedTeam({ id, name, ...query }: QueriedTeam): ManagedTeam | undefined {
  const { ldapAuthority, ldapFilter, authorityState } = query
  if (ldapAuthority === null || ldapFilter === null || authorityState === null) return undefined
  return { id, name, ldapAuthority, ldapFilter, authorityState }
}

/** What became of the last sync of a team. */
export interface SyncRun {
  readonly outcome: 'COMPLETED' | 'NEEDS_CONFIRMATION' | 'FAILED'
  readonly startedAt: Date
  readonly finishedAt: Date
  /** Persons whom the query found. */
  readonly found: number
  readonly added: number
  /** Of those added, who became a user by it. */
  readonly created: number
  readonly removed: number
  readonly skipped: number
  /** The task of the change; null when nothing was to change. */
  readonly taskId: string | null
  readonly error: { readonly code: string; readonly message: string } | null
}

/** A team, its members, and whom its query found. */
export interface TeamToRead {
  readonly organisation: number
  readonly team: ManagedTeam
  readonly members: readonly SyncUser[]
  readonly persons: readonly Person[]
}

/** What a sync reads and notes outside of proposals. */
export interface SyncStore {
  /** The team of the head. */
  findTeam(organisation: number, team: string): Promise<QueriedTeam | undefined>
  /** Ids of managed teams of the organisation, those above before those below. */
  listManaged(organisation: number): Promise<readonly string[]>
  standingOf(team: ManagedTeam): Promise<TeamStanding>
  listMembers(team: string): Promise<readonly SyncUser[]>
  /** The team as a sync finds it, with the users that these persons may be. */
  readTeam(find: TeamToRead): Promise<TeamBefore>
  /** How many percent of a team may leave unasked. */
  removalShare(organisation: number): Promise<number>
  saveRun(team: string, run: SyncRun): Promise<void>
  findRun(organisation: number, team: string): Promise<SyncRun | undefined>
}

/** An organisation whose schedule says that it is time. */
export interface DueSync {
  readonly organisation: number
  readonly schedule: string
  readonly dueAt: Date
}

/** The schedules of all organisations. */
export interface SyncSchedule {
  listDue(at: Date): Promise<readonly DueSync[]>
  /** Sets when it comes next and answers true, unless another node has done so. */
  claim(due: DueSync, next: Date | null): Promise<boolean>
}

/** What the proposal of a sync asks about its team. */
export interface SyncReads {
  findQueriedTeam(team: string): Promise<QueriedTeam | undefined>
  /** When the last sync of the team that is noted began. */
  lastSyncAt(team: string): Promise<Date | undefined>
  /** Those of `users` whom a managed team above does not have. */
  notInManagedAbove(team: string, users: readonly string[]): Promise<readonly string[]>
  /** Those of `usernames` that the organisation has already. */
  takenUsernames(usernames: readonly string[]): Promise<readonly string[]>
}

export interface SyncWrites {
  saveRun(team: string, run: SyncRun): Promise<void>
  insertDirectoryUsers(authority: string, users: readonly (Person & { readonly id: string })[]): Promise<void>
  relinkUsers(authority: string, links: readonly { readonly id: string; readonly dn: string }[]): Promise<void>
}
