import { Alert, Button, Code, Group, Progress, Stack, Text } from '@mantine/core'
import type { AuditOutcome, AuditProgress } from '@portreeve/client'
import { useEffect, useRef, useState } from 'react'
import { useChange } from '../../parts/api.tsx'
import { counted } from '../../parts/counted.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'

/** Has the chain computed anew. It ends with the page: it changes nothing, and can be begun again. */
export function VerifyPage() {
  const [progress, setProgress] = useState<AuditProgress>()
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const verification = useChange<void, AuditOutcome | undefined>({
    act: (client) => {
      running.current = new AbortController()
      setProgress(undefined)
      return client.audit.verify([], setProgress, running.current.signal)
    },
    outdates: [],
  })
  return (
    <Page title="Verify the audit" crumbs={[{ title: 'Audit', to: 'audit' }]}>
      <Text size="sm">
        The server computes the chain of all records anew, and tells the first place at which it is not what it was.
        Whether its end was cut off can only be told by anchors that were kept elsewhere: with{' '}
        <Code>npm run audit -- verify --anchors</Code>.
      </Text>
      <Group>
        <Button loading={verification.isPending} onClick={() => verification.mutate()}>
          Verify
        </Button>
      </Group>
      {verification.isPending && <Running progress={progress} />}
      <ErrorNotice error={verification.error} />
      {verification.isSuccess && <Outcome outcome={verification.data} />}
    </Page>
  )
}

function Running({
  progress: { checked, of } = { checked: 0, of: 0 },
}: {
  readonly progress: AuditProgress | undefined
}) {
  return (
    <Stack gap="xs">
      <Progress value={of === 0 ? 0 : (checked / of) * 100} aria-label="Records verified" />
      <Text size="sm" c="dimmed">
        {checked.toLocaleString('en')} of {of.toLocaleString('en')} records
      </Text>
    </Stack>
  )
}

function Outcome({ outcome }: { readonly outcome: AuditOutcome | undefined }) {
  if (!outcome) {
    return (
      <Alert color="orange" title="Not verified" role="alert">
        The server ended the verification before it was done. Begin it again.
      </Alert>
    )
  }
  const { checked, head, break: broken } = outcome
  const records = counted(checked, 'record')
  if (!broken) {
    return (
      <Alert color="green" title="The audit is intact" role="status" className="long-text">
        {records} checked, and nothing has changed since it was sealed. {head && <>The chain ends with {head.hash}.</>}
      </Alert>
    )
  }
  return (
    <Alert color="red" title="The audit is not intact" role="alert" className="long-text">
      {broken.message} Before that {records} checked, as sealed.{' '}
      {broken.recordId !== null && <ConsoleLink to={`audit/${broken.recordId}`}>Record {broken.recordId}</ConsoleLink>}
    </Alert>
  )
}
