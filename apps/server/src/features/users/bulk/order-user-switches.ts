import { defineErrors } from '../../../kernel/errors.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { type BulkJob, type OrderBulkJobDeps, orderBulkJob } from '../../bulk-jobs/index.ts'
import { assertMayChangeSomeAccount } from '../account.ts'
import type { UserFilter } from '../user-store.ts'
import { type UserSwitches, userSwitches } from './switch-users.ts'
import type { UserSelection } from './user-selection.ts'

export const bulkUserErrors = defineErrors('user_bulk', {
  bad_selection: { kind: 'invalid', message: () => 'Send either user_ids or filter.' },
  unknown_users: {
    kind: 'not_found',
    message: (ids: readonly string[]) => `user_ids: there is no user ${ids.join(', ')} in this organisation.`,
  },
})

export interface OrderUserSwitchesDeps {
  readonly users: Pick<UserSelection, 'listById' | 'measure'>
  readonly bulk: OrderBulkJobDeps
}

/** These, or all that match in the organisation the caller acts in. */
export type ChosenUsers = { readonly ids: readonly string[] } | { readonly filter: UserFilter }

export interface OrderUserSwitchesInput {
  readonly caller: Principal
  readonly requestId: string
  readonly chosen: ChosenUsers
  readonly enabled: boolean
  readonly dryRun: boolean
}

export const MOST_IDS = 1000

/**
 * Orders that many users be enabled or disabled, each as if they were the only one. Of a filter those count that match when their turn
 * comes, among the users that there are now.
 */
export async function orderUserSwitches(
  { users, bulk }: OrderUserSwitchesDeps,
  { caller, requestId, chosen, enabled, dryRun }: OrderUserSwitchesInput,
): Promise<BulkJob> {
  assertMayChangeSomeAccount(caller)
  const { organisation } = caller
  const order = (input: UserSwitches, total: number) =>
    orderBulkJob(bulk, userSwitches, { caller, requestId, input, organisation, dryRun, total })
  if ('filter' in chosen) {
    const { total, lastNumber } = await users.measure(organisation, chosen.filter)
    return order({ enabled, filter: chosen.filter, upTo: lastNumber }, total)
  }
  const found = await users.listById(organisation, chosen.ids)
  const known = new Set(found.map(({ id }) => id))
  const unknown = chosen.ids.filter((id) => !known.has(id))
  if (unknown.length > 0) throw bulkUserErrors.unknown_users(unknown)
  const numbers = found.map(({ number }) => number)
  return order({ enabled, numbers }, numbers.length)
}
