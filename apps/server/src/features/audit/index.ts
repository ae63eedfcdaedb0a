export { type AuditActor, type AuditEntry, actorOf, SYSTEM_ACTOR } from './audit-entry.ts'
export type { AuditStore } from './audit-store.ts'
