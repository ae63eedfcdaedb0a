import { Group, Stack } from '@mantine/core'
import type { Leader, LeaderFlags, Team } from '@portreeve/client'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { ChecklistField } from '../../parts/forms/fields.tsx'
import { FoundSelectField } from '../../parts/forms/found-select-field.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { OUTDATED, useMayChangeTeams, useSaying } from './changing-teams.ts'
import { FormInDialog } from './form-in-dialog.tsx'

const FLAGS = [
  { value: 'manageMembers', label: 'Add and remove members' },
  { value: 'manageRules', label: 'Make, change and delete rules' },
  { value: 'manageResources', label: 'Hand resources down, and take them' },
  { value: 'manageSubteams', label: 'Make, move and delete the teams below' },
  { value: 'manageLeaders', label: 'Appoint leaders, with no more than their own flags' },
  { value: 'manageTeam', label: 'Change name and description' },
] as const satisfies readonly { readonly value: keyof LeaderFlags; readonly label: string }[]

const COLUMNS: readonly Column<Leader>[] = [
  {
    id: 'username',
    header: 'Username',
    isSortable: true,
    cell: ({ ownerUser, username }) => <ConsoleLink to={`users/${ownerUser}`}>{username}</ConsoleLink>,
  },
  { id: 'flags', header: 'May', visibleFrom: 'sm', cell: (leader) => labelsOf(leader).join('; ') || 'Nothing' },
]

/** Who manages a team and all teams below it, and what each of them may do there. */
export function TeamLeaders({ team }: { readonly team: Team }) {
  const mayChange = useMayChangeTeams()
  const acts: readonly Column<Leader>[] = mayChange
    ? [{ id: 'acts', header: 'Change', cell: (leader) => <LeaderActs team={team} leader={leader} /> }]
    : []
  return (
    <Stack>
      {mayChange && (
        <Group>
          <AppointLeader team={team} />
        </Group>
      )}
      <DataTable<Leader>
        label="leaders"
        queryKey={['teams', team.id, 'leaders']}
        load={(client, request) => client.leaders.page(team.id, request)}
        columns={[...COLUMNS, ...acts]}
        keyOf={({ ownerUser }) => ownerUser}
        nameOf={({ username }) => username}
        sort="username"
        search={{ username: 'Username' }}
        empty={{
          title: `${team.name} has no leaders of its own.`,
          hint: 'Leaders of the teams above manage it too, and admins manage every team.',
        }}
      />
    </Stack>
  )
}

const NOBODY: { readonly userId: string; readonly flags: readonly string[] } = { userId: '', flags: [] }

function AppointLeader({ team }: { readonly team: Team }) {
  return (
    <FormInDialog
      label="Appoint a leader…"
      title={`Appoint a leader of ${team.name}`}
      initial={NOBODY}
      submitLabel="Appoint"
      check={({ userId }) => (userId === '' ? { userId: 'Choose who it is to be.' } : {})}
      done="The leader is appointed."
      act={(client, { userId, flags }) => client.leaders.appoint({ teamId: team.id, userId }, toFlags(flags))}
    >
      <FoundSelectField
        name="userId"
        label="User"
        queryKey={['teams', team.id, 'leaders', 'available']}
        searchIn="username"
        load={async (client, request) => {
          const { items } = await client.leaders.pageAvailable(team.id, { ...request, sort: 'username' })
          return items.map(({ ownerUser, username }) => ({ value: ownerUser, label: username }))
        }}
      />
      <FlagsField />
    </FormInDialog>
  )
}

function LeaderActs({ team, leader }: { readonly team: Team; readonly leader: Leader }) {
  const saying = useSaying()
  const { ownerUser: userId, username } = leader
  const flags: readonly string[] = FLAGS.filter(({ value }) => leader[value]).map(({ value }) => value)
  return (
    <Group gap="xs" wrap="nowrap">
      <FormInDialog
        label="Change…"
        title={`What ${username} may do in ${team.name}`}
        button={{ size: 'compact-sm', variant: 'default', 'aria-label': `Change what ${username} may do…` }}
        initial={{ flags }}
        submitLabel="Save"
        done={`What ${username} may do is changed.`}
        act={(client, values) => client.leaders.change({ teamId: team.id, userId }, toFlags(values.flags))}
      >
        <FlagsField />
      </FormInDialog>
      <ConfirmAction
        label="Remove…"
        title={`Remove ${username} as leader?`}
        effect={`${username} no longer manages ${team.name} and the teams below it, and stays a member where they are one.`}
        confirm="Remove"
        button={{ size: 'compact-sm' }}
        outdates={OUTDATED}
        done={() => saying(`${username} is no leader of ${team.name} any more.`)}
        act={(client) => client.leaders.remove({ teamId: team.id, userId })}
      />
    </Group>
  )
}

function FlagsField() {
  return <ChecklistField name="flags" label="May" description="Here and in all teams below." options={FLAGS} />
}

function labelsOf(leader: Leader): readonly string[] {
  return FLAGS.filter(({ value }) => leader[value]).map(({ label }) => label)
}

function toFlags(chosen: readonly string[]): LeaderFlags {
  return Object.fromEntries(FLAGS.map(({ value }) => [value, chosen.includes(value)]))
}
