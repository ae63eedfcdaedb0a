import { containsPattern, containsSql } from '../../platform/database/contains-pattern.ts'
import type { UserFilter } from './user-store.ts'

export interface Narrowing {
  /** Tells apart what has another text. */
  readonly name: string
  /** Of `app_user`, to follow a condition over `$1`, which is the organisation. */
  readonly condition: string
  /** From `$2` on. */
  readonly values: readonly unknown[]
}

// As the index `app_user_search` has them.
const SEARCHED = ['username', 'email', 'display_name'].map((column) => containsSql(column, '$2')).join(' or ')

/** The filter as a condition that is planned for the index of its role or state: both stand in it as they are. */
export function narrowUsers({ search = '', role, enabled }: UserFilter): Narrowing {
  const isSearched = search !== ''
  const parts = [
    isSearched && { name: 'found', condition: `(${SEARCHED})` },
    role !== undefined && { name: role, condition: `role = '${role}'` },
    enabled !== undefined && { name: enabled ? 'enabled' : 'disabled', condition: enabled ? 'enabled' : 'not enabled' },
  ].filter((part) => part !== false)
  return {
    name: parts.map(({ name }) => name).join('-'),
    condition: parts.map(({ condition }) => ` and ${condition}`).join(''),
    values: isSearched ? [containsPattern(search)] : [],
  }
}
