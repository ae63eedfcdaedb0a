import { Divider, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { Change, Team } from '@portreeve/client'
import { useParams } from 'react-router'
import { useResource, useSession } from '../../parts/api.tsx'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { TextField } from '../../parts/forms/fields.tsx'
import { Form } from '../../parts/forms/form.tsx'
import { ConsoleLink, useGo } from '../../parts/link.tsx'
import { type Crumb, Page } from '../../parts/page/page.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { changeQuery, FILTER_HINT, OUTDATED } from './changing-query.ts'
import { LastSync } from './last-sync.tsx'
import { SyncPreview } from './sync-preview.tsx'

/** How a team takes its members from a directory: by which query, with which result, and what it would do now. */
export function SyncPage() {
  const { authorityId = '', teamId = '' } = useParams()
  const authority = useResource(['authorities', authorityId], (client) => client.ldapAuthorities.get(authorityId))
  const team = useResource(['teams', teamId], (client) => client.teams.get(teamId))
  const crumbs: readonly Crumb[] = [
    { title: 'LDAP authorities', to: 'authorities' },
    { title: authority.data?.name ?? 'LDAP authority', to: `authorities/${authorityId}/teams` },
  ]
  const error = authority.error ?? team.error
  if (!authority.data || !team.data) {
    return (
      <Page title="Directory sync" crumbs={crumbs}>
        <ErrorNotice error={error} onRetry={() => void Promise.all([authority.refetch(), team.refetch()])} />
        {!error && <Skeleton height={200} />}
      </Page>
    )
  }
  return (
    <Page title={team.data.name} crumbs={crumbs}>
      {team.data.ldapAuthority === authorityId ? (
        <QueriedTeam key={teamId} team={team.data} authorityId={authorityId} />
      ) : (
        <Text size="sm">It does not take its members from {authority.data.name}.</Text>
      )}
    </Page>
  )
}

interface QueriedTeamProps {
  readonly team: Team
  readonly authorityId: string
}

function QueriedTeam({ team, authorityId }: QueriedTeamProps) {
  const mayChange = holdsAny(useSession(), 'allow_modify_teams')
  return (
    <>
      <Text size="sm">
        <ConsoleLink to={`teams/${team.id}/members`}>Its members now</ConsoleLink>
      </Text>
      <LastSync teamId={team.id} />
      {mayChange ? (
        <>
          <SyncPreview team={team} />
          <Divider />
          <Query team={team} authorityId={authorityId} />
        </>
      ) : (
        <Text size="sm" className="long-text">
          Its filter is {team.ldapFilter}
        </Text>
      )}
    </>
  )
}

function Query({ team: { id, name, ldapFilter = '' }, authorityId }: QueriedTeamProps) {
  const go = useGo()
  const initial = { ldapFilter }
  return (
    <Stack>
      <Title order={2} size="h4">
        Query
      </Title>
      <Form<typeof initial, Change>
        initial={initial}
        submitLabel="Save"
        check={(values) => (values.ldapFilter.trim() === '' ? { ldapFilter: 'Enter a filter.' } : {})}
        act={(client, values) =>
          changeQuery(client, id, { ldapAuthority: authorityId, ldapFilter: values.ldapFilter.trim() })
        }
        outdates={OUTDATED}
        done="Saved. The members change with the next synchronisation."
      >
        <TextField name="ldapFilter" label="Filter" description={FILTER_HINT} required autoComplete="off" />
      </Form>
      <Group>
        <ConfirmAction
          label="Take the query away…"
          title={`Take the query of ${name} away?`}
          effect={`${name} keeps the members it has, and is not synchronised any more: they are changed by hand from now on.`}
          confirm="Take it away"
          outdates={OUTDATED}
          done={`${name} has no query any more.`}
          onDone={() => go(`teams/${id}/members`)}
          act={(client) => changeQuery(client, id)}
        />
      </Group>
    </Stack>
  )
}
