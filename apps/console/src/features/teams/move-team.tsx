import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Change, Team } from '@portreeve/client'
import { useChange } from '../../parts/api.tsx'
import { onNewest } from '../../parts/conflicts/on-newest.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import { OUTDATED, useSaying } from './changing-teams.ts'
import { toTeamBody } from './team-text.ts'

/** Puts a team below another, or at the top. */
export function MoveTeam({ team }: { readonly team: Team }) {
  const [isOpen, { open, close }] = useDisclosure()
  return (
    <>
      <Button variant="default" onClick={open}>
        Move to…
      </Button>
      <Modal opened={isOpen} onClose={close} title={`Move ${team.name}`} size="xl">
        <Places team={team} onDone={close} />
      </Modal>
    </>
  )
}

function Places({ team, onDone }: { readonly team: Team; onDone(): void }) {
  const saying = useSaying()
  const move = useChange<Pick<Team, 'id' | 'name'> | null, Change>({
    // All else of it stays as it is now.
    act: (client, parent) =>
      onNewest(async () => {
        const { value: now, etag } = await client.teams.getTagged(team.id)
        const body = { ...toTeamBody(now), parentTeam: parent?.id ?? null }
        return await client.teams.change(team.id, body, { ifMatch: etag })
      }),
    outdates: OUTDATED,
    done: (_change, parent) =>
      saying(parent ? `${team.name} is below ${parent.name} now.` : `${team.name} is at the top now.`),
    onDone,
  })
  return (
    <Stack>
      <Text size="sm">
        The teams below it move along. Its members become members of the teams above its new place; they stay members of
        those above its old one.
      </Text>
      <ErrorNotice error={move.error} />
      {team.parentTeam !== undefined && (
        <Group>
          <Button variant="default" loading={move.isPending} onClick={() => move.mutate(null)}>
            To the top
          </Button>
        </Group>
      )}
      <DataTable<Team>
        label="teams"
        prefix="to-"
        queryKey={['teams']}
        load={(client, request) => client.teams.page(request)}
        columns={[
          { id: 'name', header: 'Below', isSortable: true, cell: ({ name }) => name },
          { id: 'description', header: 'Description', visibleFrom: 'sm', cell: ({ description }) => description },
          {
            id: 'move',
            header: 'Move',
            cell: (parent) =>
              parent.id !== team.id &&
              parent.id !== team.parentTeam && (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`Move below ${parent.name}`}
                  disabled={move.isPending}
                  onClick={() => move.mutate(parent)}
                >
                  Here
                </Button>
              ),
          },
        ]}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        sort="name"
        search={{ name: 'Name' }}
        empty={{ title: 'There are no teams.' }}
      />
    </Stack>
  )
}
