import type { Principal } from '../../../kernel/principal.ts'
import type { Conditional } from '../../../kernel/version.ts'
import { type AuditEntry, actorOf } from '../../audit/index.ts'

/** A request to do something to an entry. */
export interface Act {
  readonly caller: Principal
  readonly requestId: string
}

/** On one entry, perhaps for one version of it alone. */
export interface EntryAct extends Act, Conditional {
  readonly id: number
}

/** What was done, for the audit record. */
export interface Deed {
  /** `data_source.create` */
  readonly action: string
  readonly type: 'data_source' | 'group'
  readonly id: number
  readonly at: Date
  readonly details?: Readonly<Record<string, unknown>>
}

export function auditEntryOf({ caller, requestId }: Act, { action, type, id, at, details }: Deed): AuditEntry {
  return {
    organisation: caller.organisation,
    at,
    actor: actorOf(caller),
    action,
    object: { type, id: String(id) },
    ...(details && { details }),
    requestId,
  }
}
