import { requireFlag } from '../../../kernel/access.ts'
import { defineErrors } from '../../../kernel/errors.ts'
import type { Principal } from '../../../kernel/principal.ts'
import type { AuditFilter, AuditList, ListedRecord } from './audit-list.ts'

export interface ListAuditDeps {
  readonly audit: AuditList
}

export interface ListAuditInput {
  readonly caller: Principal
  /** Its organisation is the one that was asked for, if any was. */
  readonly filter: AuditFilter
}

export interface AuditPageInput extends ListAuditInput {
  readonly before?: number | undefined
  readonly limit: number
}

const EXPORT_CHUNK = 1000

/** A page, newest first, and the id to ask for the next one with. */
export async function listAudit(
  deps: ListAuditDeps,
  { caller, filter, before, limit }: AuditPageInput,
): Promise<{ readonly records: readonly ListedRecord[]; readonly next: number | null }> {
  const reach = reachOf(caller, filter)
  // One more than asked for tells whether there is a next page.
  const found = await deps.audit.list(reach, { before, limit: limit + 1 })
  const records = found.slice(0, limit)
  return { records, next: found.length > limit ? (records.at(-1)?.id ?? null) : null }
}

/** All that match, newest first, a chunk at a time; who may not is told at once. */
export function exportAudit(
  deps: ListAuditDeps,
  { caller, filter }: ListAuditInput,
): AsyncIterable<readonly ListedRecord[]> {
  return eachChunk(deps, reachOf(caller, filter))
}

async function* eachChunk(
  { audit }: ListAuditDeps,
  filter: AuditFilter,
): AsyncGenerator<readonly ListedRecord[], void> {
  let before: number | undefined
  do {
    const chunk = await audit.list(filter, { before, limit: EXPORT_CHUNK })
    yield chunk
    before = chunk.length === EXPORT_CHUNK ? chunk.at(-1)?.id : undefined
  } while (before !== undefined)
}

const auditErrors = defineErrors('audit', {
  object_type_missing: {
    kind: 'invalid',
    message: () => 'objectId: ids are of one type of things each; give objectType, too, such as team.',
  },
})

/** Superadmins see every organisation, and what belongs to none; admins see their own. Throws `access.flag_missing`. */
function reachOf(caller: Principal, filter: AuditFilter): AuditFilter {
  requireFlag(caller, 'allow_view_audit')
  if (filter.objectId !== undefined && filter.objectType === undefined) throw auditErrors.object_type_missing()
  return caller.role === 'superadmin' ? filter : { ...filter, organisation: caller.organisation }
}
