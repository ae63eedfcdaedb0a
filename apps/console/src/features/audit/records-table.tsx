import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import type { AuditRecord, AuditRecords } from '@portreeve/client'
import { Link, useSearchParams } from 'react-router'
import { counted } from '../../parts/counted.ts'
import { ConsoleLink } from '../../parts/link.tsx'
import { EmptyState } from '../../parts/page/empty-state.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { NOTHING_CHOSEN } from '../../parts/table/selection.ts'
import { TableBody } from '../../parts/table/table-body.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { useTableState } from '../../parts/table/use-table-state.ts'
import { ActedOn, Actor } from './record-cells.tsx'

const COLUMNS: readonly Column<AuditRecord>[] = [
  { id: 'at', header: 'When', cell: ({ at }) => <RelativeTime at={at} /> },
  { id: 'actor', header: 'Who', cell: Actor },
  { id: 'act', header: 'Act', cell: ({ id, act }) => <ConsoleLink to={`audit/${id}`}>{act}</ConsoleLink> },
  { id: 'object', header: 'On', visibleFrom: 'sm', cell: ActedOn },
  { id: 'via', header: 'By way of', visibleFrom: 'md', cell: ({ actor }) => actor.via },
]

interface RecordsTableProps {
  /** Undefined while it is being loaded for the first time. */
  readonly page: AuditRecords | undefined
  readonly isBusy: boolean
  readonly isNewest: boolean
  readonly isNarrowed: boolean
}

/** Pages go on from a record, not by number: new records come while one reads, and nobody counts those of years. */
export function RecordsTable({ page, isBusy, isNewest, isNarrowed }: RecordsTableProps) {
  const table = useTableState({ fields: [], filters: [] })
  const isEmpty = page?.records.length === 0
  return (
    <Stack gap="sm">
      <Paper withBorder>
        {isEmpty ? (
          <EmptyState
            title={isNarrowed ? 'No records match.' : 'There are no records.'}
            hint={isNarrowed ? 'Take a part of the filter away.' : 'Every change and every sign-in leaves one.'}
          />
        ) : (
          <TableBody
            label="records"
            columns={COLUMNS}
            entries={page?.records}
            keyOf={({ id }) => String(id)}
            nameOf={({ id, act }) => `${act}, record ${id}`}
            isSelectable={false}
            selection={NOTHING_CHOSEN}
            select={() => undefined}
            {...{ table, isBusy }}
          />
        )}
      </Paper>
      <Group justify="space-between">
        <Text size="sm" c="dimmed" role="status">
          {page ? `${counted(page.records.length, 'record')}, newest first` : 'Loading …'}
        </Text>
        <Turning next={page?.next ?? null} isNewest={isNewest} />
      </Group>
    </Stack>
  )
}

function Turning({ next, isNewest }: { readonly next: number | null; readonly isNewest: boolean }) {
  const [parameters] = useSearchParams()
  const from = (before: number | undefined) => {
    const after = new URLSearchParams(parameters)
    if (before === undefined) after.delete('before')
    else after.set('before', String(before))
    return { search: after.toString() }
  }
  return (
    <Group gap="xs">
      {!isNewest && (
        <Button size="xs" variant="default" component={Link} to={from(undefined)} state="stay">
          Newest
        </Button>
      )}
      {next !== null && (
        <Button size="xs" variant="default" component={Link} to={from(next)} state="stay">
          Older
        </Button>
      )}
    </Group>
  )
}
