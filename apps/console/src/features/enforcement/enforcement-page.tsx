import { Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { EnforcementStatus } from '@portreeve/client'
import { Link } from 'react-router'
import { useResource, useSession } from '../../parts/api.tsx'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { useAddress } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { AccessChanges } from './access-changes.tsx'
import { EffectOnPeople } from './effect-on-people.tsx'
import { EnforcementFacts } from './enforcement-facts.tsx'
import { WaitingChanges } from './waiting-changes.tsx'

const ASK_EVERY_MS = 5000

/** What Subversion obeys, what waits, and whom it concerns. */
export function EnforcementPage() {
  const status = useResource(['enforcement', 'status'], (client) => client.enforcement.getStatus(), {
    everyMs: ASK_EVERY_MS,
  })
  return (
    <Page title="Enforcement" actions={<Actions status={status.data} />}>
      <ErrorNotice error={status.error} onRetry={() => void status.refetch()} />
      {status.isPending && <Skeleton height={200} />}
      {status.data && <LoadedEnforcement status={status.data} />}
    </Page>
  )
}

function LoadedEnforcement({ status }: { readonly status: EnforcementStatus }) {
  const { enforcedRevision: from, pendingRevision: to } = status
  return (
    <>
      <EnforcementFacts status={status} />
      <Stack gap="xs">
        <Title order={2} size="h4">
          Waiting changes
        </Title>
        <WaitingChanges status={status} />
      </Stack>
      {from < to && (
        <Stack gap="xs">
          <Title order={2} size="h4">
            Who gains or loses what
          </Title>
          <Text size="sm" c="dimmed">
            From revision {from}, which Subversion obeys, to revision {to}, which holds all that was decided.
          </Text>
          <AccessChanges from={from} to={to} />
        </Stack>
      )}
    </>
  )
}

function Actions({ status }: { readonly status: EnforcementStatus | undefined }) {
  const address = useAddress()
  const mayChange = holdsAny(useSession(), 'allow_modify_teams')
  return (
    <>
      <Button variant="default" component={Link} to={address('enforcement/history')}>
        History
      </Button>
      <Button variant="default" component={Link} to={address('enforcement/warnings')}>
        Warnings
      </Button>
      {mayChange && (
        <Button variant="default" component={Link} to={address('enforcement/revert')}>
          Revert to a revision
        </Button>
      )}
      {mayChange && status && status.targetRevision < status.pendingRevision && <Apply status={status} />}
    </>
  )
}

/** Applies what was shown, and not what came meanwhile. */
function Apply({
  status: { enforcedRevision, targetRevision, pendingRevision },
}: {
  readonly status: EnforcementStatus
}) {
  return (
    <ConfirmAction
      label="Apply…"
      title={`Apply all changes up to revision ${pendingRevision}?`}
      effect={
        <>
          <EffectOnPeople from={enforcedRevision} to={pendingRevision} /> Revisions {targetRevision + 1} to{' '}
          {pendingRevision} take effect. It can be reverted.
        </>
      }
      confirm="Apply"
      isDangerous={false}
      button={{ variant: 'filled' }}
      outdates={[['enforcement'], ['overview']]}
      done={`Revision ${pendingRevision} is applied: its files are being made.`}
      act={(client) => client.enforcement.apply({ revision: pendingRevision })}
    />
  )
}
