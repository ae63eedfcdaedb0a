import { accessErrors } from '../../kernel/access.ts'
import { holds, type Principal } from '../../kernel/principal.ts'
import type { BulkJob } from './bulk-job.ts'
import type { BulkKind } from './bulk-kind.ts'

type Kind = Pick<BulkKind<never, never>, 'name' | 'viewFlags'>

/** The names of those kinds whose jobs the caller may see; throws `access.flag_missing` when there is none. */
export function visibleKinds(caller: Principal, kinds: Iterable<Kind>): readonly string[] {
  const all = [...kinds]
  const visible = all.filter(({ viewFlags }) => viewFlags.some((flag) => holds(caller, flag)))
  if (visible.length === 0) throw accessErrors.flag_missing([...new Set(all.flatMap(({ viewFlags }) => viewFlags))])
  return visible.map(({ name }) => name)
}

/** Superadmins reach every organisation's jobs, and they alone those over all organisations; admins their own. */
export function reachesJob(caller: Principal, { organisation }: Pick<BulkJob, 'organisation'>): boolean {
  return caller.role === 'superadmin' || organisation === caller.homeOrganisation
}
