import { requireFlag } from '../../kernel/access.ts'
import { holds, type Principal } from '../../kernel/principal.ts'
import { entryErrors } from './entries/entry-errors.ts'

/** How a user stands to a data source or a group. */
export interface Standing {
  readonly isCreator: boolean
  /** Of the thing itself, or of a group that it is in, however far above. */
  readonly isSteward: boolean
}

/** Whoever made it or looks after it. */
export function isStewardOrCreator({ isCreator, isSteward }: Standing): boolean {
  return isCreator || isSteward
}

/** Creators, stewards and admins edit; everybody else of the organisation reads. */
export function assertMayEdit(caller: Principal, standing: Standing): void {
  if (!mayEdit(caller, standing)) throw entryErrors.not_yours()
}

/**
 * Who may put something (a new one, or one they may edit) into a group: whoever may edit the group. At the top of the
 * tree, beside everybody else's, only admins put something.
 */
export function assertMayPutInto(caller: Principal, group: Standing | undefined): void {
  if (group) assertMayEdit(caller, group)
  else requireFlag(caller, 'allow_modify_datasources')
}

/** Who may take a data source out of its group: whoever may edit the one or the other. */
export function assertMayTakeOut(caller: Principal, dataSource: Standing, group: Standing): void {
  if (!mayEdit(caller, group)) assertMayEdit(caller, dataSource)
}

function mayEdit(caller: Principal, standing: Standing): boolean {
  return holds(caller, 'allow_modify_datasources') || isStewardOrCreator(standing)
}
