import type { DataSource, DataSourceGroup, PortreeveClient } from '@portreeve/client'

/** What is in the tree of groups. */
export interface GroupMember {
  readonly kind: 'group' | 'data-source'
  readonly id: number
  readonly name: string
  /** The group that it is in. */
  readonly groupId: number | undefined
}

export const MOVE_EFFECT =
  'From then on the stewards of the groups it is in look after it, and can get the passwords of its login credentials; those of the groups it leaves no longer do.'

export function memberOfGroup({ id, name, parentId }: DataSourceGroup): GroupMember {
  return { kind: 'group', id, name, groupId: parentId }
}

export function memberOfDataSource({ id, name, groupId }: DataSource): GroupMember {
  return { kind: 'data-source', id, name, groupId }
}

/** Puts it into the group, or with null into none. */
export async function moveIntoGroup(
  client: PortreeveClient,
  { kind, id }: GroupMember,
  group: number | null,
): Promise<void> {
  if (kind === 'group') await client.dataSourceGroups.change(id, { parentId: group })
  else await client.dataSources.change(id, { groupId: group })
}

/** False where it is already, and for a group and itself; that a group comes into none below it is for the server to see. */
export function mayMoveInto({ kind, id, groupId }: GroupMember, group: number | undefined): boolean {
  return groupId !== group && !(kind === 'group' && id === group)
}
