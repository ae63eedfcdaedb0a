import type { DataSourceGroup, DataSourceGroupChange, NewDataSourceGroup } from '@portreeve/client'
import { changedValues } from '../../parts/conflicts/changed-values.ts'
import { type EntryTexts, NO_TEXTS, textsOf } from '../../parts/entries/entry-texts.ts'
import { personReferences } from '../../parts/entries/person-references.ts'

/** A group as it is edited. */
export type GroupForm = EntryTexts & {
  readonly name: string
  /** By name. */
  readonly stewards: readonly string[]
}

export const NEW_GROUP: GroupForm = { ...NO_TEXTS, name: '', stewards: [] }

export function toForm(group: DataSourceGroup): GroupForm {
  return { ...textsOf(group), name: group.name, stewards: group.stewards.map(({ name }) => name) }
}

/** What a new one is made of: what was left empty is left out. */
export function toNew(form: GroupForm, parentId: number | undefined): NewDataSourceGroup {
  return { ...toChange(NEW_GROUP, form, []), name: form.name, ...(parentId !== undefined && { parentId }) }
}

/** What differs from before; of the stewards, those who are known are sent by id. */
export function toChange(
  before: GroupForm,
  after: GroupForm,
  known: DataSourceGroup['stewards'],
): Omit<DataSourceGroupChange, 'parentId'> {
  const { stewards, ...texts } = changedValues(before, after)
  return { ...texts, ...(stewards && { stewards: personReferences(stewards, known) }) }
}
