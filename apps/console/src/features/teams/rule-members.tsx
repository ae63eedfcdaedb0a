import { Group } from '@mantine/core'
import type { Rule, User } from '@portreeve/client'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { counted } from '../../parts/counted.ts'
import { DataTable } from '../../parts/table/data-table.tsx'
import { countOf } from '../../parts/table/selection.ts'
import { OUTDATED, useMayChangeTeams, useSaying } from './changing-teams.ts'
import { idsOfChosen } from './chosen-ids.ts'
import { PEOPLE_COLUMNS, PEOPLE_SEARCH, PeoplePicker } from './people-picker.tsx'

/** The members of the team whom a rule names. */
export function RuleMembers({ rule }: { readonly rule: Rule }) {
  const mayChange = useMayChangeTeams()
  const saying = useSaying()
  const key = ['teams', rule.ownerTeam, 'rule', rule.id]
  const id = { teamId: rule.ownerTeam, ruleId: rule.id }
  return (
    <>
      {mayChange && (
        <Group>
          <PeoplePicker
            to={rule.ruleName}
            queryKey={[...key, 'available']}
            load={(client, request) => client.rules.pageAvailableMembers(id, request)}
            list={(client, options) => client.rules.listAvailableMembers(id, options)}
            add={(client, ids) => client.rules.addMembers(id, ids)}
          />
        </Group>
      )}
      <DataTable<User>
        label="members"
        prefix="m-"
        queryKey={[...key, 'members']}
        load={(client, request) => client.rules.pageMembers(id, request)}
        columns={PEOPLE_COLUMNS}
        keyOf={(user) => user.id}
        nameOf={({ username }) => username}
        sort="username"
        search={PEOPLE_SEARCH}
        empty={{ title: 'It names nobody yet.', hint: 'Add members of the team: the rule then holds for them.' }}
        {...(mayChange && {
          actions: (selection, { request, clear }) => (
            <ConfirmAction
              label="Remove…"
              title={`Take ${counted(countOf(selection), 'member', 'members')} out of ${rule.ruleName}?`}
              effect="They lose what the rule grants them, and stay members of the team."
              confirm={`Remove ${countOf(selection).toLocaleString('en')}`}
              button={{ size: 'compact-sm' }}
              outdates={OUTDATED}
              done={() => saying(`${counted(countOf(selection), 'member is', 'members are')} out of ${rule.ruleName}.`)}
              onDone={clear}
              act={async (client) =>
                client.rules.removeMembers(
                  id,
                  await idsOfChosen(selection, request, (options) => client.rules.listMembers(id, options)),
                )
              }
            />
          ),
        })}
      />
    </>
  )
}
