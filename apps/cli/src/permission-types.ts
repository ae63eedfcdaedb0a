import type { NewResourcePermission } from '@portreeve/client'
import type { Access } from '@portreeve/svn-authz'

/** What the API calls an authz file's accesses. */
export const PERMISSION_TYPES: Readonly<Record<Access, NewResourcePermission['permissionType']>> = {
  rw: 'READ_WRITE',
  r: 'READ',
  no: 'NONE',
}
