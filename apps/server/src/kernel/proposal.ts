import type { IdSource } from './ids.ts'
import type { Principal } from './principal.ts'

/** What a proposal knows while it is looked at. */
export interface ProposalContext {
  readonly caller: Principal
  /** The id of what it makes, chosen at submission so that a client can build on a queued change. */
  readonly entityId: string
  /** The revision that it is checked at. */
  readonly head: number
  readonly ids: IdSource
}

/** Something that is allowed and probably not meant. */
export interface Warning {
  readonly code: string
  readonly message: string
}

/** What an accepted proposal does. */
export interface Change<Writes> {
  /** What the audit record says it was about; never a secret. */
  readonly object: { readonly type: string; readonly id: string; readonly details?: Readonly<Record<string, unknown>> }
  /** Repositories whose effective rights it may alter: their files are generated again. */
  readonly touches: readonly string[]
  /**
   * Holds as soon as it is committed, whatever is batched: it changes what is not versioned (users, repositories), and
   * among that are the safety acts.
   */
  readonly atOnce?: boolean
  /** What the proposer should know and nothing refuses: kept with the task. */
  readonly warnings?: readonly Warning[]
  write(writes: Writes): Promise<void>
}

/**
 * A kind of change to an organisation's model. `check` reads the pending model as all earlier proposals left it and either
 * throws an AppError (the proposal is refused, nothing was written) or answers what to write. It runs under the
 * organisation's lock: keep it to a few statements.
 */
export interface ProposalKind<Reads, Writes, Input> {
  /** `<object>.<verb>`: the type of its task and the act of its audit record. */
  readonly type: string
  /** True when it makes something, so that its id is answered in `X-entity-id`. */
  readonly creates: boolean
  check(reads: Reads, context: ProposalContext, input: Input): Promise<Change<Writes>>
}

/** One request for a change. */
export interface Submission<Input> {
  readonly caller: Principal
  readonly requestId: string
  /** Answer as soon as it is queued (RFC 7240 `respond-async`). */
  readonly respondAsync: boolean
  /** Kept with the task while it waits, so it never holds a secret in the clear. */
  readonly input: Input
}

/** A proposal that was taken in: committed already, or queued when it asked to be. */
export interface Accepted {
  readonly taskId: string
  /** Set when the proposal makes something. */
  readonly entityId?: string
  readonly queued: boolean
}

/** Takes a change in, or throws the AppError that refuses it. */
export type Submit<Reads, Writes> = <Input>(
  kind: ProposalKind<Reads, Writes, Input>,
  submission: Submission<Input>,
) => Promise<Accepted>
