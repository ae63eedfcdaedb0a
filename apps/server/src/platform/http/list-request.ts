import type { ListQuery } from '@portreeve/contract'
import type { Static } from 'typebox'
import { defineErrors } from '../../kernel/errors.ts'
import type { PageRequest } from '../../kernel/page.ts'

/** What a list can be sorted, searched and trimmed by. */
export interface ListShape {
  /** All fields of an entry. */
  readonly fields: readonly string[]
  /** Fields it can be sorted and searched by. */
  readonly keys: readonly string[]
  readonly defaultSort: string
}

const listErrors = defineErrors('list', {
  unknown_field: {
    kind: 'invalid',
    message: (parameter: string, field: string, known: readonly string[]) =>
      `${parameter}: there is no field "${field}"; possible here: ${known.join(', ')}.`,
  },
  unequal_lists: {
    kind: 'invalid',
    message: (keys: number, values: number) =>
      `searchKeyList and searchValueList go in pairs, but there are ${keys} keys and ${values} values.`,
  },
})

const DEFAULT_PAGE_SIZE = 20

/** Reads a list's query parameters (spec/teams.md, "Lists"). */
export function readPageRequest(query: Static<typeof ListQuery>, shape: ListShape): PageRequest {
  const field = query.sortColumn ?? shape.defaultSort
  assertKnown('sortColumn', [field], shape.keys)
  assertKnown('fieldList', query.fieldList ?? [], shape.fields)
  return {
    pageNumber: query.pageNumber ?? 1,
    pageSize: query.pageSize ?? DEFAULT_PAGE_SIZE,
    sort: { field, ascending: query.sortAscending ?? true },
    search: readSearch(query, shape),
  }
}

function readSearch(query: Static<typeof ListQuery>, shape: ListShape): PageRequest['search'] {
  const keys = query.searchKeyList ?? []
  const given = query.searchValueList ?? []
  // `searchKeyList=&searchValueList=` looks for nothing; such a list of keys has no entries, and one of values an empty one.
  if (keys.length === 0 && given.every((text) => text === '')) return []
  // A comma may be part of what is searched for; only where one value stands for several keys it separates.
  const values = given.length === 1 && keys.length > 1 ? (given[0]?.split(',') ?? []) : given
  if (keys.length !== values.length) throw listErrors.unequal_lists(keys.length, values.length)
  assertKnown('searchKeyList', keys, shape.keys)
  return keys.map((field, index) => ({ field, text: values[index] ?? '' }))
}

function assertKnown(parameter: string, fields: readonly string[], known: readonly string[]): void {
  for (const field of fields) if (!known.includes(field)) throw listErrors.unknown_field(parameter, field, known)
}

/** The entry with the fields that were asked for alone: all of them where `fieldList=` was sent empty, as unset variables of scripts are. */
export function trimFields(entry: object, fields: readonly string[]): object {
  if (fields.length === 0) return entry
  return Object.fromEntries(Object.entries(entry).filter(([field]) => fields.includes(field)))
}
