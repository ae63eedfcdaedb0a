import { Group, Stack } from '@mantine/core'
import type { Creation, Rule, Team } from '@portreeve/client'
import { ConsoleLink, useGo } from '../../parts/link.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { useMayChangeTeams } from './changing-teams.ts'
import { FormInDialog } from './form-in-dialog.tsx'
import { audienceText, NO_RULE, RuleFields, toRuleBody } from './rule-fields.tsx'

const COLUMNS: readonly Column<Rule>[] = [
  {
    id: 'ruleName',
    header: 'Name',
    isSortable: true,
    cell: ({ id, ruleName, ownerTeam }) => <ConsoleLink to={`teams/${ownerTeam}/rules/${id}`}>{ruleName}</ConsoleLink>,
  },
  { id: 'description', header: 'Description', visibleFrom: 'md', cell: ({ description }) => description },
  { id: 'audience', header: 'Speaks of', isSortable: true, cell: ({ audience }) => audienceText(audience) },
]

/** The rules of a team: who of it may do what on its paths. */
export function TeamRules({ team }: { readonly team: Team }) {
  const go = useGo()
  return (
    <Stack>
      {useMayChangeTeams() && (
        <Group>
          <FormInDialog<typeof NO_RULE, Creation>
            label="New rule…"
            title={`New rule of ${team.name}`}
            initial={NO_RULE}
            submitLabel="Create the rule"
            done="The rule is created."
            act={(client, values) => client.rules.create(team.id, toRuleBody(values))}
            onDone={({ entityId }) => go(`teams/${team.id}/rules/${entityId}`)}
          >
            <RuleFields />
          </FormInDialog>
        </Group>
      )}
      <DataTable<Rule>
        label="rules"
        queryKey={['teams', team.id, 'rules']}
        load={(client, request) => client.rules.page(team.id, request)}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        nameOf={({ ruleName }) => ruleName}
        sort="ruleName"
        search={{ ruleName: 'Name', description: 'Description' }}
        empty={{
          title: `${team.name} has no rules yet.`,
          hint: 'Without one, its members have no access by it.',
        }}
      />
    </Stack>
  )
}
