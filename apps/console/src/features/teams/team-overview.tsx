import { Group, Skeleton, Stack, Text } from '@mantine/core'
import type { Change, Team } from '@portreeve/client'
import { useResource } from '../../parts/api.tsx'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { asShown } from '../../parts/conflicts/as-shown.ts'
import { CopyableId } from '../../parts/copyable-id.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { TextAreaField, TextField } from '../../parts/forms/fields.tsx'
import { Form } from '../../parts/forms/form.tsx'
import { ConsoleLink, useGo } from '../../parts/link.tsx'
import { OUTDATED, useMayChangeTeams, useSaying } from './changing-teams.ts'
import { MoveTeam } from './move-team.tsx'
import { type TeamParts, textOfParts, toTeamBody } from './team-text.ts'

/** What a team is called and where it is, and what it consists of. */
export function TeamOverview({ team }: { readonly team: Team }) {
  const mayChange = useMayChangeTeams()
  const counts = useResource(['teams', team.id, 'counts'], (client) => client.teams.count([team.id]))
  const parts = counts.data?.counts[0]
  return (
    <Stack>
      <CopyableId value={team.id} what={`the id of ${team.name}`} />
      <ErrorNotice error={counts.error} onRetry={() => void counts.refetch()} />
      {counts.isPending && <Skeleton height={20} />}
      {parts && <Text size="sm">It has {textOfParts(parts)}.</Text>}
      {team.ldapFilter !== undefined && (
        <Text size="sm" className="long-text">
          Its members come from the directory, by {team.ldapFilter}.{' '}
          <ConsoleLink to={`authorities/${team.ldapAuthority}/teams/${team.id}`}>Synchronise it</ConsoleLink>
        </Text>
      )}
      {mayChange ? <TeamForm team={team} /> : <Text size="sm">{team.description ?? 'No description'}</Text>}
      {mayChange && (
        <Group>
          <MoveTeam team={team} />
          {parts && <DeleteTeam team={team} parts={parts} />}
        </Group>
      )}
    </Stack>
  )
}

function TeamForm({ team }: { readonly team: Team }) {
  const saying = useSaying()
  const initial = toForm(team)
  return (
    <Form<typeof initial, Change>
      initial={initial}
      submitLabel="Save"
      act={async (client, _values, merge) => {
        const { value: now, etag } = await client.teams.getTagged(team.id)
        const { name, description } = merge(toForm(now))
        const { description: _before, ...kept } = toTeamBody(now)
        const body = { ...kept, name, ...(description !== '' && { description }) }
        return await client.teams.change(team.id, body, { ifMatch: etag })
      }}
      outdates={OUTDATED}
      done={() => saying('Saved.')}
    >
      <TextField name="name" label="Name" required autoComplete="off" />
      <TextAreaField name="description" label="Description" />
    </Form>
  )
}

function toForm({ name, description = '' }: Team) {
  return { name, description }
}

function DeleteTeam({ team, parts }: { readonly team: Team; readonly parts: TeamParts }) {
  const go = useGo()
  const saying = useSaying()
  return (
    <ConfirmAction
      label="Delete…"
      title={`Delete ${team.name}?`}
      effect={`It has ${textOfParts(parts)}. Its members lose what its rules grant them, the teams below it are deleted with all that is theirs, and all its leaders are removed. The users themselves stay.`}
      confirm="Delete"
      typed={team.name}
      // Not the team itself: it could not be read any more.
      outdates={[['teams', 'page'], ['teams', 'tree'], ['users'], ['enforcement']]}
      done={() => saying(`${team.name} is deleted.`)}
      onDone={() => go('teams')}
      act={({ teams }) =>
        asShown(
          team,
          () => teams.getTagged(team.id),
          (meant) => teams.delete(team.id, meant),
        )
      }
    />
  )
}
