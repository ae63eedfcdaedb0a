import type { AppError } from '../../../kernel/errors.ts'
import type { Principal } from '../../../kernel/principal.ts'
import type { ItemSlice } from '../../bulk-jobs/index.ts'
import type { Switch, UserNamed } from '../switch-user.ts'
import type { UserFilter } from '../user-store.ts'

/** A user as an item of bulk jobs, which know them by their number. */
export interface NumberedUser {
  readonly number: number
  readonly id: string
  readonly username: string
  readonly enabled: boolean
}

/** Users of an organisation, found for bulk jobs. */
export interface UserSelection {
  /** Those of `ids` that are users of the organisation. */
  listById(organisation: number, ids: readonly string[]): Promise<readonly NumberedUser[]>

  /** In the order of their numbers. */
  listByNumber(organisation: number, numbers: readonly number[]): Promise<readonly NumberedUser[]>

  /** How many match, and the highest of their numbers. */
  measure(organisation: number, filter: UserFilter): Promise<{ readonly total: number; readonly lastNumber: number }>

  /** The numbers of those that match, in their order. */
  listNumbers(organisation: number, filter: UserFilter, slice: ItemSlice & { readonly upTo: number }): Promise<number[]>
}

/** Switches of many users, in their order. */
export interface Switches {
  readonly caller: Principal
  readonly requestId: string
  readonly at: Date
  readonly inputs: readonly UserNamed[]
}

/** An organisation's model, which nobody else changes before the transaction ends that took it. */
export interface HeldModel {
  /** Makes each change as a proposal of its own; answers why those were refused that were, in the place of each. */
  propose(kind: Switch, switches: Switches): Promise<readonly (AppError | undefined)[]>
  /** The same, of what would be. */
  foresee(kind: Switch, switches: Switches): Promise<readonly (AppError | undefined)[]>
}
