import { Badge, Grid, Group, Stack, Text, Title } from '@mantine/core'
import type { PlacedStatement, Repository } from '@portreeve/client'
import { useSearchParams } from 'react-router'
import { ConsoleLink } from '../../parts/link.tsx'
import { PermissionBadge } from '../../parts/permission-badge.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { PathTree } from './path-tree.tsx'

const _PERMISSIONS: Readonly<
  Record<PlacedStatement['permissionType'], { readonly text: string; readonly color: string }>
> = {
  READ_WRITE: { text: 'Read and write', color: 'blue' },
  READ: { text: 'Read', color: 'green' },
  NONE: { text: 'Nothing', color: 'red' },
}

const AUDIENCES: Readonly<Record<PlacedStatement['audience'], string>> = {
  members: 'The rule’s members',
  authenticated: 'Everybody who is signed in',
  everyone: 'Everybody, visitors too',
}

const COLUMNS: readonly Column<PlacedStatement>[] = [
  {
    id: 'path',
    header: 'Said',
    cell: ({ path, inherited }) =>
      inherited ? (
        <Text span inherit c="dimmed">
          Inherited from {path}
        </Text>
      ) : (
        <Badge variant="light">Here</Badge>
      ),
  },
  { id: 'audience', header: 'Who', cell: ({ audience }) => AUDIENCES[audience] },
  {
    id: 'permission',
    header: 'May',
    cell: ({ permissionType }) => <PermissionBadge type={permissionType} />,
  },
  {
    id: 'rule',
    header: 'By the rule',
    cell: ({ teamId, ruleId, ruleName }) => (
      <ConsoleLink to={`teams/${teamId}/rules/${ruleId}`}>{ruleName}</ConsoleLink>
    ),
  },
  {
    id: 'team',
    header: 'Of the team',
    visibleFrom: 'sm',
    cell: ({ teamId, teamName }) => <ConsoleLink to={`teams/${teamId}`}>{teamName}</ConsoleLink>,
  },
]

/** The paths of a repository that rules speak of, and what they say at the chosen one: there, and inherited from above. */
export function PathRights({ repository: { id, name } }: { readonly repository: Repository }) {
  const [parameters, setParameters] = useSearchParams()
  const path = parameters.get('path') ?? '/'
  const choose = (next: string) =>
    setParameters(
      (before) => {
        const after = new URLSearchParams(before)
        after.delete('said-page')
        if (next === '/') after.delete('path')
        else after.set('path', next)
        return after
      },
      { state: 'stay' },
    )
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 4 }}>
        <PathTree repositoryId={id} chosen={path} choose={choose} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Stack gap="sm" component="section" aria-label={`Rights at ${path}`}>
          <Group justify="space-between" gap="sm">
            <Title order={2} size="h4" className="long-text">
              {path}
            </Title>
            <Text size="sm">
              <ConsoleLink to={`decisions/who?${new URLSearchParams({ repository: name, path })}`}>
                Who reaches it?
              </ConsoleLink>
            </Text>
          </Group>
          <Text size="sm" c="dimmed">
            At each path the nearest one that speaks of somebody decides; what is inherited holds for those of whom
            nothing nearer speaks.
          </Text>
          <DataTable<PlacedStatement>
            key={path}
            label="statements"
            prefix="said-"
            queryKey={['repositories', id, 'statements', path]}
            load={(client, request) => client.repositories.pageStatements(id, { ...request, filter: { path } })}
            columns={COLUMNS}
            keyOf={(statement) => statement.id}
            nameOf={({ ruleName }) => ruleName}
            empty={{
              title: 'No rule speaks of it.',
              hint: 'Nobody reaches anything here until a team has it as a resource and a rule of that team says so.',
            }}
          />
        </Stack>
      </Grid.Col>
    </Grid>
  )
}
