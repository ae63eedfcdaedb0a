import type { AppError } from '../../../kernel/errors.ts'
import type { BulkChunk, BulkJob, BulkKind, ItemResult, ItemSlice, Treated } from '../../bulk-jobs/index.ts'
import { assertMayChangeSomeAccount } from '../account.ts'
import { disableUser, enableUser, type Switch } from '../switch-user.ts'
import { userErrors } from '../user.ts'
import type { UserFilter } from '../user-store.ts'
import type { HeldModel, NumberedUser, Switches, UserSelection } from './user-selection.ts'

interface Stores {
  readonly users: Pick<UserSelection, 'listByNumber' | 'listNumbers'>
  /** Takes the organisation's model until the chunk is committed. */
  holdModel(organisation: number): Promise<HeldModel>
}

/** Whether they are to be enabled, and who: these, in the order of their numbers, or those up to a number that match. */
export type UserSwitches = { readonly enabled: boolean } & (
  | { readonly numbers: readonly number[] }
  | { readonly filter: UserFilter; readonly upTo: number }
)

/**
 * Enables or disables many users, each as if they were the only one: by a proposal of their own, and not at all those that are so
 * already. The model is held for a chunk at a time.
 */
export const userSwitches: BulkKind<Stores, UserSwitches> = {
  name: 'users',
  // As many as the proposals that share one transaction elsewhere: whoever else changes the model waits for so many.
  chunk: 64,
  viewFlags: ['allow_view_users', 'allow_modify_users', 'allow_modify_admins'],
  assertMayOrder: assertMayChangeSomeAccount,
  assertMayGoOn: assertMayChangeSomeAccount,
  describe: (input) => ({ ...input }),
  listItems,
  treat,
}

async function listItems(
  { users }: Stores,
  { input, organisation }: BulkJob<UserSwitches>,
  { after, limit }: ItemSlice,
): Promise<readonly number[]> {
  if ('numbers' in input) return input.numbers.filter((number) => number > after).slice(0, limit)
  return users.listNumbers(organisationOf(organisation), input.filter, { after, upTo: input.upTo, limit })
}

async function treat({ users, holdModel }: Stores, chunk: BulkChunk<UserSwitches>): Promise<Treated> {
  const { job, items } = chunk
  const organisation = organisationOf(job.organisation)
  const model = await holdModel(organisation)
  // Read once nobody else switches them any more.
  const found = await users.listByNumber(organisation, items)
  const toSwitch = found.filter(({ enabled }) => enabled !== job.input.enabled)
  const act = job.dryRun ? model.foresee : model.propose
  const refusals = await act(kindOf(job), switchesOf(chunk, toSwitch))
  const refused = new Map(toSwitch.map(({ number }, index) => [number, refusals[index]]))
  const known = new Map(found.map((user) => [user.number, user]))
  const results = items.map((number) => resultOf(number, known.get(number), refused))
  return { changed: results.filter(({ outcome }) => outcome === 'changed').length, results }
}

/** As for one user, with the job in the audit record. */
function kindOf({ id, input }: BulkJob<UserSwitches>): Switch {
  const kind = input.enabled ? enableUser : disableUser
  return {
    ...kind,
    async check(...of) {
      const change = await kind.check(...of)
      const { object } = change
      return { ...change, object: { ...object, details: { ...object.details, bulkJob: id } } }
    },
  }
}

function switchesOf(
  { job, at, rights }: BulkChunk<UserSwitches>,
  users: readonly Pick<NumberedUser, 'id'>[],
): Switches {
  return {
    caller: { ...job.caller, ...rights, organisation: organisationOf(job.organisation) },
    requestId: job.requestId ?? job.id,
    at,
    inputs: users.map(({ id }) => ({ userId: id })),
  }
}

function resultOf(
  number: number,
  user: NumberedUser | undefined,
  refused: ReadonlyMap<number, AppError | undefined>,
): ItemResult {
  if (!user) return { id: number, outcome: 'failed', error: describeError(userErrors.not_found(String(number))) }
  const entity = { id: user.id, name: user.username }
  const error = refused.get(number)
  if (error) return { id: number, entity, outcome: 'failed', error: describeError(error) }
  return { id: number, entity, outcome: refused.has(number) ? 'changed' : 'unchanged' }
}

function describeError({ code, message }: AppError): ItemResult['error'] {
  return { code, message }
}

/** Users are chosen in one organisation, and so such a job has one. */
function organisationOf(organisation: number | null): number {
  if (organisation === null) throw new RangeError('A job over users has no organisation.')
  return organisation
}
