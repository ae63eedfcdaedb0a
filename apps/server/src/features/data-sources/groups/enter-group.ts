import type { Principal } from '../../../kernel/principal.ts'
import { assertMayPutInto } from '../data-source-policy.ts'
import { groupErrors } from './group.ts'
import type { GroupStore } from './group-store.ts'

/** Where something is to be put, and the field that says so. */
export interface Destination {
  readonly field: 'parentId' | 'groupId'
  /** Null: in no group. */
  readonly group: number | null
}

/** Throws `group.unknown` or what the policy gives, unless the caller may put something there. */
export async function assertMayEnter(
  groups: Pick<GroupStore, 'standingTo'>,
  caller: Principal,
  { field, group }: Destination,
): Promise<void> {
  if (group === null) return assertMayPutInto(caller, undefined)
  const standing = await groups.standingTo(caller, group)
  if (!standing) throw groupErrors.unknown(field, group)
  assertMayPutInto(caller, standing)
}
