import { Button, Group, Stack, Text } from '@mantine/core'
import type { DataSourceGroup } from '@portreeve/client'
import { useChange } from '../api.tsx'
import { Dialog } from '../dialog.tsx'
import { ErrorNotice } from '../error-notice.tsx'
import { DataTable } from '../table/data-table.tsx'
import { type GroupMember, MOVE_EFFECT, mayMoveInto, moveIntoGroup } from './move-into-group.ts'

/** What a move makes old. */
export const OUTDATED_BY_MOVE = [['data-sources'], ['groups']]

/** A button, and a dialog to choose the group that something moves into: for who does not drag. */
export function MoveToGroup({ member }: { readonly member: GroupMember }) {
  return (
    <Dialog label="Move to…" title={`Move ${member.name}`} size="xl">
      {(close) => <Places member={member} onDone={close} />}
    </Dialog>
  )
}

function Places({ member, onDone }: { readonly member: GroupMember; onDone(): void }) {
  const move = useChange<Pick<DataSourceGroup, 'id' | 'name'> | null, void>({
    act: (client, group) => moveIntoGroup(client, member, group?.id ?? null),
    outdates: OUTDATED_BY_MOVE,
    done: (_result, group) => `${member.name} is ${group ? `in ${group.name}` : 'in no group'} now.`,
    onDone,
  })
  return (
    <Stack>
      <Text size="sm">{MOVE_EFFECT}</Text>
      <ErrorNotice error={move.error} />
      {mayMoveInto(member, undefined) && (
        <Group>
          <Button variant="default" loading={move.isPending} onClick={() => move.mutate(null)}>
            Into no group
          </Button>
        </Group>
      )}
      <DataTable<DataSourceGroup>
        label="groups"
        prefix="to-"
        queryKey={['groups']}
        load={(client, request) => client.dataSourceGroups.page(request)}
        columns={[
          { id: 'name', header: 'Group', cell: ({ name }) => name },
          { id: 'description', header: 'Description', visibleFrom: 'sm', cell: ({ description }) => description },
          {
            id: 'move',
            header: 'Move',
            cell: (group) =>
              mayMoveInto(member, group.id) && (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`Move into ${group.name}`}
                  disabled={move.isPending}
                  onClick={() => move.mutate(group)}
                >
                  Here
                </Button>
              ),
          },
        ]}
        keyOf={({ id }) => String(id)}
        nameOf={({ name }) => name}
        search={{ q: 'Words' }}
        empty={{ title: 'There are no groups yet.', hint: 'Make one first.' }}
      />
    </Stack>
  )
}
