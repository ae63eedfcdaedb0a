// What other features of the data-sources interface are made of: texts and filters, people, answers, audit records, and who
// may do what. Schemas of the same are in @portreeve/contract (team-server.ts); the list itself is platform/database/filtered-list.ts.
export type { CredentialLinks, CredentialReference } from './credential-links.ts'
export { type DataSource, dataSourceErrors } from './data-source.ts'
export { isStewardOrCreator, type Standing } from './data-source-policy.ts'
export type { StewardshipReads, Viewer } from './data-source-store.ts'
export {
  type Entry,
  type EntryKind,
  entryAnswer,
  listMetadata,
  OK_ANSWER,
  personAnswer,
  toUnixSeconds,
  versionOfEntry,
} from './entries/entry-answer.ts'
export { auditedFields, changedFields, sentFields } from './entries/entry-change.ts'
export { assertSameId, entryErrors, parseEntryName } from './entries/entry-errors.ts'
export { type EntryFilter, nameKey, readEntryFilter, searchText } from './entries/entry-text.ts'
export type { Person } from './entries/person.ts'
