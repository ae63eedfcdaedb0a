import { Skeleton, Stack, Text, Title } from '@mantine/core'
import type { Change, Rule, Team } from '@portreeve/client'
import { useParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { asShown } from '../../parts/conflicts/as-shown.ts'
import { CopyableId } from '../../parts/copyable-id.tsx'
import { counted } from '../../parts/counted.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Form } from '../../parts/forms/form.tsx'
import { useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { OUTDATED, useMayChangeTeams, useSaying } from './changing-teams.ts'
import { audienceText, RuleFields, toRuleBody } from './rule-fields.tsx'
import { RuleMembers } from './rule-members.tsx'
import { RulePermissions } from './rule-permissions.tsx'

/** One rule: of whom it speaks, and what they may do where. */
export function RulePage() {
  const { teamId = '', ruleId = '' } = useParams()
  const team = useResource(['teams', teamId], (client) => client.teams.get(teamId))
  const rule = useResource(['teams', teamId, 'rule', ruleId], (client) => client.rules.get({ teamId, ruleId }))
  const error = rule.error ?? team.error
  if (!rule.data || !team.data) {
    const retry = () => void Promise.all([rule.refetch(), team.refetch()])
    return (
      <Page title="Rule" crumbs={[{ title: 'Teams', to: 'teams' }]}>
        {error ? <ErrorNotice error={error} onRetry={retry} /> : <Skeleton height={200} />}
      </Page>
    )
  }
  return <LoadedRule key={ruleId} team={team.data} rule={rule.data} />
}

function LoadedRule({ team, rule }: { readonly team: Team; readonly rule: Rule }) {
  const mayChange = useMayChangeTeams()
  const crumbs = [
    { title: 'Teams', to: 'teams' },
    { title: team.name, to: `teams/${team.id}` },
    { title: 'Rules', to: `teams/${team.id}/rules` },
  ]
  return (
    <Page title={rule.ruleName} crumbs={crumbs} actions={mayChange && <DeleteRule rule={rule} />}>
      <CopyableId value={rule.id} what={`the id of ${rule.ruleName}`} />
      {mayChange ? (
        <RuleForm rule={rule} />
      ) : (
        <Text size="sm">
          {rule.description ?? 'No description'}. It speaks of: {audienceText(rule.audience)}
        </Text>
      )}
      <Stack>
        <Title order={2} size="h4">
          Permissions
        </Title>
        <RulePermissions rule={rule} />
      </Stack>
      <Stack>
        <Title order={2} size="h4">
          Members
        </Title>
        {rule.audience !== 'members' && (
          <Text size="sm">Whom it names makes no difference while it speaks of more than members.</Text>
        )}
        <RuleMembers rule={rule} />
      </Stack>
    </Page>
  )
}

function RuleForm({ rule }: { readonly rule: Rule }) {
  const saying = useSaying()
  const of = { teamId: rule.ownerTeam, ruleId: rule.id }
  const initial = toForm(rule)
  return (
    <Form<typeof initial, Change>
      initial={initial}
      submitLabel="Save"
      act={async (client, _values, merge) => {
        const { value: now, etag } = await client.rules.getTagged(of)
        return await client.rules.change(of, toRuleBody(merge(toForm(now))), { ifMatch: etag })
      }}
      outdates={OUTDATED}
      done={() => saying('Saved.')}
    >
      <RuleFields />
    </Form>
  )
}

function toForm({ ruleName, description = '', audience }: Rule) {
  return { ruleName, description, audience: audience as string }
}

/** How many it names and where: known soon after the page is. */
function useNamed({ id, ownerTeam, audience }: Rule): string {
  const counts = useResource(['teams', ownerTeam, 'rule', id, 'counts'], (client) =>
    client.rules.countsOfTeam(ownerTeam, [id]),
  )
  const [count] = counts.data?.counts ?? []
  if (!count) return ''
  const where = `speaks of ${counted(count.resources ?? 0, 'resource')}. `
  return audience === 'members'
    ? `It names ${counted(count.users ?? 0, 'person', 'people')} and ${where}`
    : `It ${where}`
}

function DeleteRule({ rule }: { readonly rule: Rule }) {
  const { id, ruleName, ownerTeam } = rule
  const which = { teamId: ownerTeam, ruleId: id }
  const named = useNamed(rule)
  const go = useGo()
  const saying = useSaying()
  return (
    <ConfirmAction
      label="Delete…"
      title={`Delete ${ruleName}?`}
      effect={`${named}Whoever it speaks of loses what it grants them, and gets back what it denies them where another rule grants it.`}
      confirm="Delete"
      // Not the rule itself: it could not be read any more.
      outdates={[['teams', ownerTeam, 'rules'], ['teams', ownerTeam, 'counts'], ['users'], ['enforcement']]}
      done={() => saying(`${ruleName} is deleted.`)}
      onDone={() => go(`teams/${ownerTeam}/rules`)}
      act={({ rules }) =>
        asShown(
          rule,
          () => rules.getTagged(which),
          (meant) => rules.delete(which, meant),
        )
      }
    />
  )
}
