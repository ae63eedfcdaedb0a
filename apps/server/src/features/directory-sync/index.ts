export { type ApplySyncReads, type ApplySyncWrites, applySync } from './apply-sync.ts'
export { scheduleSyncs, syncOrganisation } from './schedule-syncs.ts'
