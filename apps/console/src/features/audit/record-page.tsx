import { Code, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import type { AuditRecord } from '@portreeve/client'
import type { ReactNode } from 'react'
import { useParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { CopyableId } from '../../parts/copyable-id.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { EmptyState } from '../../parts/page/empty-state.tsx'
import { Page } from '../../parts/page/page.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { addressOfAudit, readRecordId } from './audit-question.ts'
import { ActedOn, Actor } from './record-cells.tsx'

const CRUMBS = [{ title: 'Audit', to: 'audit' }]

/** One record, with all that it says. */
export function RecordPage() {
  const { recordId = '' } = useParams()
  const id = readRecordId(recordId)
  const record = useResource(['audit', 'record', recordId], async (client, signal) =>
    id === undefined ? null : ((await client.audit.find(id, signal)) ?? null),
  )
  return (
    <Page title={`Record ${recordId}`} crumbs={CRUMBS}>
      <ErrorNotice error={record.error} onRetry={() => void record.refetch()} />
      {record.isPending && <Skeleton height={240} />}
      {record.data === null && (
        <EmptyState title="There is no such record." hint="Or it is of an organisation whose audit you may not see." />
      )}
      {record.data && <LoadedRecord record={record.data} />}
    </Page>
  )
}

function LoadedRecord({ record }: { readonly record: AuditRecord }) {
  const { details } = record
  return (
    <>
      <Table variant="vertical" withTableBorder className="long-text" aria-label="What the record says">
        <Table.Tbody>
          {factsOf(record).map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th w={130}>{name}</Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Stack gap="xs">
        <Title order={2} size="h4">
          Details
        </Title>
        {details === null ? (
          <Text size="sm" c="dimmed">
            It has none.
          </Text>
        ) : (
          <section
            className="table-scroll"
            aria-label="Details"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by the arrow keys (WCAG 2.1.1)
            tabIndex={0}
          >
            <Code block>{JSON.stringify(details, undefined, 2)}</Code>
          </section>
        )}
      </Stack>
    </>
  )
}

function factsOf(record: AuditRecord): readonly (readonly [string, ReactNode])[] {
  const { at, actor, act, object, organisation, requestId, task, seq, hash } = record
  return [
    [
      'When',
      <>
        {at} (<RelativeTime at={at} />)
      </>,
    ],
    [
      'Who',
      <>
        <Actor actor={actor} />, by way of {actor.via}
      </>,
    ],
    ['Act', act],
    ['On', <ActedOn key="object" object={object} />],
    ['Organisation', organisation ?? 'Of none'],
    ['Request', requestId === null ? 'None' : <Same key="request" fields={{ requestId }} text={requestId} />],
    ['Task', task === null ? 'None' : <Same key="task" fields={{ task }} text={task} />],
    ['Place in the chain', seq ?? 'Not sealed yet'],
    ['Hash', hash === null ? 'Not sealed yet' : <CopyableId key="hash" value={hash} what="the hash" />],
  ]
}

/** Leads to all records that have the same. */
function Same({ fields, text }: { readonly fields: Parameters<typeof addressOfAudit>[0]; readonly text: string }) {
  return <ConsoleLink to={addressOfAudit(fields)}>{text}</ConsoleLink>
}
