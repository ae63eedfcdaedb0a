import { Group, Stack } from '@mantine/core'
import type { PageRequest, Resource, Team } from '@portreeve/client'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { counted } from '../../parts/counted.ts'
import { TextField } from '../../parts/forms/fields.tsx'
import { FoundSelectField } from '../../parts/forms/found-select-field.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import { countOf, type Selection } from '../../parts/table/selection.ts'
import type { Column } from '../../parts/table/table-columns.ts'
import { OUTDATED, useMayChangeTeams, useSaying } from './changing-teams.ts'
import { idsOfChosen } from './chosen-ids.ts'
import { FormInDialog } from './form-in-dialog.tsx'

const COLUMNS: readonly Column<Resource>[] = [
  { id: 'repositoryName', header: 'Repository', isSortable: true, cell: ({ repositoryName }) => repositoryName },
  { id: 'path', header: 'Path', isSortable: true, cell: ({ path }) => path },
]

/** The paths that a team hands out by its rules, and to the teams below it. */
export function TeamResources({ team }: { readonly team: Team }) {
  const mayChange = useMayChangeTeams()
  return (
    <Stack>
      {mayChange && (
        <Group>
          <AddResource team={team} />
        </Group>
      )}
      <DataTable<Resource>
        label="resources"
        queryKey={['teams', team.id, 'resources']}
        load={(client, request) => client.teams.pageResources(team.id, request)}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        nameOf={({ repositoryName, path }) => `${repositoryName}:${path}`}
        sort="repositoryName"
        search={{ repositoryName: 'Repository', path: 'Path' }}
        empty={{
          title: `${team.name} has no paths yet.`,
          hint: 'Add one; then its rules can say who reads and writes there.',
        }}
        {...(mayChange && {
          actions: (selection, context) => <RemoveResources {...context} team={team} selection={selection} />,
        })}
      />
    </Stack>
  )
}

function AddResource({ team }: { readonly team: Team }) {
  const isRoot = team.parentTeam === undefined
  return (
    <FormInDialog
      label="Add a resource…"
      title={`Add a resource to ${team.name}`}
      initial={{ repositoryName: '', path: '/' }}
      submitLabel="Add"
      check={({ repositoryName }) => (repositoryName === '' ? { repositoryName: 'Choose a repository.' } : {})}
      done="The resource is added."
      act={(client, resource) => client.teams.addResource(team.id, resource)}
    >
      <FoundSelectField
        name="repositoryName"
        label="Repository"
        queryKey={['teams', team.id, 'resources', 'available']}
        searchIn="repositoryName"
        load={async (client, request) => {
          const { items } = await client.teams.pageAvailableResources(team.id, { ...request, sort: 'repositoryName' })
          const names = new Set(items.map(({ repositoryName }) => repositoryName))
          return [...names].map((name) => ({ value: name, label: name }))
        }}
      />
      <TextField
        name="path"
        label="Path"
        description={
          isRoot
            ? 'From the root of the repository; / is all of it.'
            : 'From the root of the repository; at or below a path of the team above.'
        }
        autoComplete="off"
      />
    </FormInDialog>
  )
}

interface RemoveResourcesProps {
  readonly team: Team
  readonly selection: Selection
  readonly request: PageRequest
  clear(): void
}

function RemoveResources({ team, selection, request, clear }: RemoveResourcesProps) {
  const saying = useSaying()
  const resources = counted(countOf(selection), 'resource', 'resources')
  return (
    <ConfirmAction
      label="Remove…"
      title={`Remove ${resources} from ${team.name}?`}
      effect={`${resources} leave ${team.name}. The teams below lose what lies below them, and rules lose the permissions on all of that. The repositories stay as they are.`}
      confirm={`Remove ${countOf(selection).toLocaleString('en')}`}
      button={{ size: 'compact-sm' }}
      outdates={OUTDATED}
      done={() => saying(`${resources} removed from ${team.name}.`)}
      onDone={clear}
      act={async (client) =>
        client.teams.removeResources(
          team.id,
          await idsOfChosen(selection, request, (options) => client.teams.listResources(team.id, options)),
        )
      }
    />
  )
}
