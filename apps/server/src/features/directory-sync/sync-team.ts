import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { IdSource } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Submit } from '../../kernel/proposal.ts'
import { type AuthorityAccess, type Directory, ldapAuthorityErrors, type OpenAuthority } from '../directories/index.ts'
import { teamErrors } from '../teams/index.ts'
import { type ApplySyncReads, type ApplySyncWrites, applySync, type SyncChange, syncErrors } from './apply-sync.ts'
import { entriesInDoubt, isUpToDate, needsConfirmation, planOfNoChange, planSync, type SyncPlan } from './plan-sync.ts'
import { findEntries, type People, readPeople } from './read-people.ts'
import { type ManagedTeam, managedTeam, type SyncRun, type SyncStore } from './sync-store.ts'

export interface PlanTeamDeps {
  readonly syncs: SyncStore
  readonly directory: Directory
  readonly access: AuthorityAccess
}

export interface SyncTeamDeps extends PlanTeamDeps {
  readonly submit: Submit<ApplySyncReads, ApplySyncWrites>
  readonly clock: Clock
  readonly ids: IdSource
}

export interface SyncTeamInput {
  readonly caller: Principal
  readonly requestId: string
  readonly teamId: string
  /** So many may leave although it is more than the usual share. */
  readonly maxRemovals?: number | undefined
}

/** A plan with what it is for, and whether it may be carried out unasked. */
export interface PlannedSync {
  readonly team: ManagedTeam
  readonly plan: SyncPlan
  readonly removalShare: number
  readonly needsConfirmation: boolean
}

/** What a sync of the team would change now; throws `sync.no_query`, `directory.*`. */
export async function planTeamSync(deps: PlanTeamDeps, organisation: number, teamId: string): Promise<PlannedSync> {
  const found = await deps.syncs.findTeam(organisation, teamId)
  if (!found) throw teamErrors.not_found(teamId)
  const team = managedTeam(found)
  if (!team) throw syncErrors.no_query(teamId)
  const authority = await deps.access.find(organisation, team.ldapAuthority)
  if (!authority) throw ldapAuthorityErrors.not_found(team.ldapAuthority)
  // Side by side: what is read here is looked at again when the change is proposed.
  const [people, standing, removalShare] = await Promise.all([
    readPeople(deps.directory, authority, team.ldapFilter),
    deps.syncs.standingOf(team),
    deps.syncs.removalShare(organisation),
  ])
  const plan = planOfNoChange(people, standing) ?? (await planChange(deps, { organisation, authority, team, people }))
  return { team, plan, removalShare, needsConfirmation: needsConfirmation(plan, removalShare) }
}

interface ChangeToPlan {
  readonly organisation: number
  readonly authority: OpenAuthority
  readonly team: ManagedTeam
  readonly people: People
}

async function planChange(
  { syncs, directory }: PlanTeamDeps,
  { organisation, authority, team, people }: ChangeToPlan,
): Promise<SyncPlan> {
  const members = await syncs.listMembers(team.id)
  const before = await syncs.readTeam({ organisation, team, members, persons: people.persons })
  const doubtful = entriesInDoubt(people, before)
  const entriesThere = doubtful.length > 0 ? await findEntries(directory, authority, doubtful) : []
  return planSync(people, before, entriesThere)
}

/**
 * Gives a team the members its directory has for it. Whatever goes wrong on the way (a partial answer, too many who would
 * leave) changes nothing, is noted as the team's last run, and thrown.
 */
export async function syncTeam(deps: SyncTeamDeps, input: SyncTeamInput): Promise<SyncRun> {
  const startedAt = deps.clock.now()
  const end = (run: Omit<SyncRun, 'startedAt' | 'finishedAt'>): SyncRun => ({
    ...run,
    startedAt,
    finishedAt: deps.clock.now(),
  })
  let planned: PlannedSync | undefined
  try {
    planned = await planTeamSync(deps, input.caller.organisation, input.teamId)
    assertMayRemove(planned, input.maxRemovals)
    const done = end({ outcome: 'COMPLETED', ...countsOf(planned.plan), taskId: null, error: null })
    const taskId = isUpToDate(planned.plan) ? null : await propose(deps, input, { planned, run: done })
    const run = { ...done, taskId, finishedAt: deps.clock.now() }
    await deps.syncs.saveRun(input.teamId, run)
    return run
  } catch (error) {
    // What is no AppError is a bug or a crash: nothing to note for admins.
    if (error instanceof AppError && !IS_NO_RUN.has(error.code) && error.kind !== 'forbidden') {
      const { code, message } = error
      const outcome = code === NEEDS_CONFIRMATION ? 'NEEDS_CONFIRMATION' : 'FAILED'
      const counts = planned ? countsOf(planned.plan) : NOTHING
      await deps.syncs.saveRun(input.teamId, end({ outcome, ...counts, taskId: null, error: { code, message } }))
    }
    throw error
  }
}

/** Nothing was tried yet. */
const IS_NO_RUN: ReadonlySet<string> = new Set([syncErrors.no_query('').code, teamErrors.not_found('').code])
const NEEDS_CONFIRMATION = syncErrors.needs_confirmation(0, 0, 0).code
const NOTHING = { found: 0, added: 0, created: 0, removed: 0, skipped: 0 }

function assertMayRemove({ plan, removalShare, needsConfirmation: asks }: PlannedSync, maxRemovals = 0): void {
  if (asks && plan.remove.length > maxRemovals) {
    throw syncErrors.needs_confirmation(plan.remove.length, plan.members, removalShare)
  }
}

function countsOf({ found, add, create, remove, skipped }: SyncPlan) {
  return {
    found,
    added: add.length + create.length,
    created: create.length,
    removed: remove.length,
    skipped: skipped.length,
  }
}

async function propose(
  { submit, ids }: SyncTeamDeps,
  { caller, requestId }: SyncTeamInput,
  { planned, run }: { readonly planned: PlannedSync; readonly run: SyncRun },
): Promise<string> {
  const { team, plan } = planned
  const change: SyncChange = {
    team,
    run,
    add: plan.add.map(({ id }) => id),
    create: plan.create.map((person) => ({ ...person, id: ids.next() })),
    remove: plan.remove.map(({ id }) => id),
    relink: plan.relink,
  }
  const { taskId } = await submit(applySync, { caller, requestId, respondAsync: false, input: change })
  return taskId
}
