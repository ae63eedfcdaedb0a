import { Badge } from '@mantine/core'
import type { ResourcePermission } from '@portreeve/client'

export type PermissionType = ResourcePermission['permissionType']

/** From the least to the most. */
export const PERMISSION_TYPES: readonly {
  readonly value: PermissionType
  readonly label: string
  readonly color: string
}[] = [
  { value: 'NONE', label: 'No access', color: 'red' },
  { value: 'READ', label: 'Read', color: 'blue' },
  { value: 'READ_WRITE', label: 'Read and write', color: 'green' },
]

/** What somebody may do at a path. */
export function PermissionBadge({ type }: { readonly type: PermissionType }) {
  const { label, color } = PERMISSION_TYPES.find(({ value }) => value === type) ?? { label: type, color: 'gray' }
  return (
    <Badge variant="light" color={color} miw="max-content">
      {label}
    </Badge>
  )
}
