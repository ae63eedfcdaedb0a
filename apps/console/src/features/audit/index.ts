import type { Area } from '../../parts/area.ts'
import { holdsAny } from '../../parts/rights.ts'
import { mayVerify } from './may-verify.ts'

/** Who did what to which thing, and whether the chain of it is intact. */
export const audit: Area = {
  path: 'audit',
  title: 'Audit',
  group: 'Administration',
  mayOpen: (session) => holdsAny(session, 'allow_view_audit'),
  pages: [
    { path: '', title: 'Audit', load: async () => (await import('./audit-page.tsx')).AuditPage },
    { path: 'verify', title: 'Verify the audit', load: async () => (await import('./verify-page.tsx')).VerifyPage },
    { path: ':recordId', title: 'Record', load: async () => (await import('./record-page.tsx')).RecordPage },
  ],
  commands: [{ title: 'Verify the audit', to: 'audit/verify', may: mayVerify }],
}
