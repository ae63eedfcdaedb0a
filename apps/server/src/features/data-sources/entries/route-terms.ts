/** What the routes of data sources and groups have in common. */
export const COMMON = { dialect: 'data-sources', access: 'signed-in', formats: 'json' } as const

export const READERS = 'everybody in the organisation'

export const EDITORS = 'whoever made it, its stewards and those of the groups above it, and allow_modify_datasources'

/** Of bodies with an entry's fields. */
export const FIELD_ERRORS = [
  'access.flag_missing',
  'entry.bad_name',
  'entry.name_taken',
  'entry.not_yours',
  'group.unknown',
  'person.ambiguous',
  'person.unknown',
  'person.unnamed',
]
