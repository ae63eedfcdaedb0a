import { defineErrors } from '../../../kernel/errors.ts'
import type { Entry, EntryKind } from '../entries/entry-answer.ts'
import type { Person } from '../entries/person.ts'

/** What an editor can set. */
export interface GroupFields {
  readonly name: string
  readonly description: string
  readonly status: string
  readonly aliases: string
  readonly abbreviations: string
  readonly userData: string
  /** The group it is in; null when at the top. */
  readonly parentId: number | null
}

/** A data-source group, as one user sees it. */
export interface Group extends GroupFields, Entry {
  /** By name; who is a steward of a group above is not among them. */
  readonly stewards: readonly Person[]
  readonly isFollowed: boolean
}

export const GROUP_KIND: EntryKind = { type: 'Group', collection: 'groups', link: '/group/view.spg?groupKey=' }

/** What groups consist of: the only kind there is. */
export const MEMBERS_TYPE = 'datasource'

export const groupErrors = defineErrors('group', {
  not_found: { kind: 'not_found', message: (id: number) => `There is no group ${id}.` },
  unknown: { kind: 'invalid', message: (field: string, id: number) => `${field}: there is no group ${id}` },
  cycle: {
    kind: 'invalid',
    message: (parent: number) => `parentId: group ${parent} is this group itself or in it; name a group outside it`,
  },
  not_member: {
    kind: 'not_found',
    message: (group: number, dataSource: number) => `Data source ${dataSource} is not in group ${group}.`,
  },
})

/** A new group, but for its name, until told otherwise. */
export const EMPTY_GROUP: Omit<GroupFields, 'name'> = {
  description: '',
  status: '',
  aliases: '',
  abbreviations: '',
  userData: '',
  parentId: null,
}
