import { Group, Stack, Text } from '@mantine/core'
import type { PageRequest, Team, User } from '@portreeve/client'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { counted } from '../../parts/counted.ts'
import { DataTable } from '../../parts/table/data-table.tsx'
import { countOf, type Selection } from '../../parts/table/selection.ts'
import { OUTDATED, useMayChangeTeams, useSaying } from './changing-teams.ts'
import { idsOfChosen } from './chosen-ids.ts'
import { PEOPLE_COLUMNS, PEOPLE_SEARCH, PeoplePicker } from './people-picker.tsx'

/** Who is in a team; where a directory says so, it is seen and not changed. */
export function TeamMembers({ team }: { readonly team: Team }) {
  const isFromDirectory = team.ldapFilter !== undefined
  const mayChange = useMayChangeTeams() && !isFromDirectory
  return (
    <Stack>
      {isFromDirectory && <Text size="sm">They come from the directory, and are changed there.</Text>}
      {mayChange && (
        <Group>
          <PeoplePicker
            to={team.name}
            queryKey={['teams', team.id, 'available']}
            load={(client, request) => client.teams.pageAvailableMembers(team.id, request)}
            list={(client, options) => client.teams.listAvailableMembers(team.id, options)}
            add={(client, ids) => client.teams.addMembers(team.id, ids)}
          />
        </Group>
      )}
      <DataTable<User>
        label="members"
        queryKey={['teams', team.id, 'members']}
        load={(client, request) => client.teams.pageMembers(team.id, request)}
        columns={PEOPLE_COLUMNS}
        keyOf={({ id }) => id}
        nameOf={({ username }) => username}
        sort="username"
        search={PEOPLE_SEARCH}
        empty={{ title: `${team.name} has no members yet.`, hint: 'Who is added to a team below it is a member too.' }}
        {...(mayChange && {
          actions: (selection, context) => <RemoveMembers {...context} team={team} selection={selection} />,
        })}
      />
    </Stack>
  )
}

interface RemoveMembersProps {
  readonly team: Team
  readonly selection: Selection
  readonly request: PageRequest
  clear(): void
}

function RemoveMembers({ team, selection, request, clear }: RemoveMembersProps) {
  const saying = useSaying()
  const members = counted(countOf(selection), 'member', 'members')
  return (
    <ConfirmAction
      label="Remove…"
      title={`Remove ${members} from ${team.name}?`}
      effect={`${members} leave ${team.name}, every team below it and the rules of all of these, and lose what those grant. The accounts stay.`}
      confirm={`Remove ${countOf(selection).toLocaleString('en')}`}
      button={{ size: 'compact-sm' }}
      outdates={OUTDATED}
      done={() => saying(`${members} removed from ${team.name}.`)}
      onDone={clear}
      act={async (client) =>
        client.teams.removeMembers(
          team.id,
          await idsOfChosen(selection, request, (options) => client.teams.listMembers(team.id, options)),
        )
      }
    />
  )
}
