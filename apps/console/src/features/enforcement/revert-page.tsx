import { Button, Group, NumberInput, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { EnforcementStatus } from '@portreeve/client'
import { type SyntheticEvent, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { ConsoleLink, useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { AccessChanges } from './access-changes.tsx'
import { EffectOnPeople } from './effect-on-people.tsx'

/** Chooses a revision, shows what a way back to it means, and goes it. */
export function RevertPage() {
  const status = useResource(['enforcement', 'status'], (client) => client.enforcement.getStatus())
  return (
    <Page title="Revert to a revision" crumbs={[{ title: 'Enforcement', to: 'enforcement' }]}>
      <Text size="sm">
        Teams, members, leaders, resources and rules become what they were at the revision, as a change of its own that
        can be reverted as well. Users, repositories and data sources stay as they are. Which revision was what, the{' '}
        <ConsoleLink to="enforcement/history">history</ConsoleLink> tells.
      </Text>
      <ErrorNotice error={status.error} onRetry={() => void status.refetch()} />
      {status.isPending && <Skeleton height={120} />}
      {status.data && <Reverting status={status.data} />}
    </Page>
  )
}

function Reverting({ status }: { readonly status: EnforcementStatus }) {
  const { pendingRevision } = status
  const [parameters] = useSearchParams()
  const text = parameters.get('to') ?? ''
  const chosen = /^\d{1,15}$/.test(text) && Number(text) < pendingRevision ? Number(text) : undefined
  return (
    <>
      <ChooseRevision key={text} chosen={text} newest={pendingRevision} />
      {chosen !== undefined && <Preview from={pendingRevision} to={chosen} status={status} />}
    </>
  )
}

function ChooseRevision({ chosen, newest }: { readonly chosen: string; readonly newest: number }) {
  const go = useGo()
  const [text, setText] = useState(chosen)
  const [error, setError] = useState<string>()
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (text !== '' && Number(text) < newest) go(`enforcement/revert?to=${text}`, { state: 'stay' })
    else setError(newest === 0 ? 'There is no earlier revision.' : `A number from 0 to ${newest - 1}.`)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Group align="flex-end">
        <NumberInput
          label="Revision"
          description={`The newest is ${newest}.`}
          inputWrapperOrder={['label', 'description', 'input', 'error']}
          allowDecimal={false}
          allowNegative={false}
          value={text}
          error={error}
          onChange={(value) => setText(String(value))}
        />
        <Button type="submit" variant="default">
          Show what it means
        </Button>
      </Group>
    </form>
  )
}

interface PreviewProps {
  readonly from: number
  readonly to: number
  readonly status: EnforcementStatus
}

function Preview({ from, to, status: { batchedUpdates } }: PreviewProps) {
  const go = useGo()
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        Who would gain or lose what
      </Title>
      <AccessChanges from={from} to={to} />
      <Group>
        <ConfirmAction
          label={`Revert to revision ${to}…`}
          title={`Revert teams and rules to revision ${to}?`}
          effect={
            <>
              <EffectOnPeople from={from} to={to} /> What was changed since, in revisions {to + 1} to {from}, is undone{' '}
              {batchedUpdates ? 'as soon as it is applied.' : 'at once.'}
            </>
          }
          confirm="Revert"
          outdates={[['enforcement'], ['overview'], ['teams'], ['rules']]}
          done={`Teams and rules are as they were at revision ${to}.`}
          onDone={() => go('enforcement')}
          act={(client) => client.enforcement.revert(to)}
        />
      </Group>
    </Stack>
  )
}
