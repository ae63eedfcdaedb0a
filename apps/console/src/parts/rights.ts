import type { CurrentSession } from '@portreeve/client'

/** True when the person holds any of these permission flags. The server is asked again whatever the page shows. */
export function holdsAny({ role, flags }: CurrentSession, ...wanted: readonly string[]): boolean {
  return role !== 'user' && wanted.some((flag) => flags.includes(flag))
}

export function isSuperadmin({ role }: CurrentSession): boolean {
  return role === 'superadmin'
}

/** Jobs over many things are seen by who may see any of the things. */
export function maySeeBulkJobs(session: CurrentSession): boolean {
  return holdsAny(session, 'allow_view_users', 'allow_modify_users', 'allow_modify_clients')
}
