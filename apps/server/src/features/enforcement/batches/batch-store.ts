import type { Page, PageRequest } from '../../../kernel/page.ts'
import type { EnforcementStatus, WaitingChange } from './batch.ts'

/** What waits to be enforced. */
export interface BatchReadModel {
  readStatus(organisation: number): Promise<EnforcementStatus>
  /** Changes above the enforced revision, but for those that are enforced at once. */
  listWaiting(organisation: number, request: PageRequest): Promise<Page<WaitingChange>>
  /** Organisations whose changes are to be applied by now. */
  listDue(at: Date): Promise<readonly number[]>
}

/** Where a model stands while nobody else may move it. */
export interface HeldPosition {
  readonly head: number
  readonly target: number
}

/** Moves the revision that files are made from. All of it under the organisation's turn, in one transaction. */
export interface BatchStore {
  takeTurn(organisation: number): Promise<HeldPosition>
  /** Makes the revision the one that files are made from, and due the files that it, or one before it, may change. */
  applyUpTo(organisation: number, revision: number): Promise<void>
  /** Takes the turn and applies everything. */
  applyAll(organisation: number): Promise<void>
  /** The schedule whose time has come by `at`, if it has. */
  findDueSchedule(organisation: number, at: Date): Promise<string | undefined>
  setNextTime(organisation: number, next: Date | null): Promise<void>
}
