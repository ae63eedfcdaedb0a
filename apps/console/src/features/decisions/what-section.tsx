import { Group, Skeleton, Stack, Text } from '@mantine/core'
import type { Reached, WhatQuestion } from '@portreeve/client'
import { useSearchParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { DownloadButton } from '../../parts/download-button.tsx'
import { readAddressFields } from '../../parts/forms/address-fields.ts'
import { AddressForm } from '../../parts/forms/address-form.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { addressOfCheck, CODES, problemsOfUser, WHAT_DEFAULTS, type WhatFields, whatOf } from './question.ts'
import { PersonField, StateField } from './question-fields.tsx'
import { REASON_COLUMNS } from './reason-columns.tsx'

const PREFIX = 'what-'

/** All that somebody reaches. */
export function WhatSection() {
  const [parameters] = useSearchParams()
  const fields = readAddressFields(parameters, WHAT_DEFAULTS)
  const question = whatOf(fields)
  // The shortest page tells whether there is an answer.
  const first = useResource(
    ['decisions', 'what', question, 'first'],
    async (client, signal) => (question ? client.access.pageWhat(question, { page: 1, pageSize: 1, signal }) : null),
    { enabled: question !== undefined },
  )
  return (
    <Stack>
      <AddressForm
        label="Question"
        defaults={WHAT_DEFAULTS}
        resets={[`${PREFIX}page`]}
        submitLabel="Ask"
        codes={CODES}
        check={problemsOfUser}
        error={first.error}
        onAsk={() => question && void first.refetch()}
      >
        <PersonField />
        <StateField />
      </AddressForm>
      {!question && <Text c="dimmed">Say who, and all that they reach is listed here.</Text>}
      {question && first.isPending && <Skeleton height={240} />}
      {question && first.data && !first.error && (
        <WhatAnswer {...{ fields, question }} revision={first.data.revision} />
      )}
    </Stack>
  )
}

interface WhatAnswerProps {
  readonly fields: WhatFields
  readonly question: WhatQuestion
  readonly revision: number
}

function WhatAnswer({ fields, question, revision }: WhatAnswerProps) {
  const columns: readonly Column<Reached>[] = [
    { id: 'place', header: 'Where', cell: placeText },
    ...REASON_COLUMNS,
    {
      id: 'why',
      header: 'Reasons',
      cell: (entry) => <ConsoleLink to={addressOfCheck(fields, entry)}>Why</ConsoleLink>,
    },
  ]
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          By revision {revision}. A right holds from its path on down, up to the next path of the list.
        </Text>
        <DownloadButton
          label="Download all as CSV"
          fileName="what.csv"
          read={(client) => client.access.whatAsCsv(question)}
        />
      </Group>
      <DataTable<Reached>
        label="places"
        prefix={PREFIX}
        // The revision: a later answer is another list.
        queryKey={['decisions', 'what', question, revision]}
        load={(client, request) => client.access.pageWhat(question, request)}
        columns={columns}
        keyOf={placeText}
        nameOf={placeText}
        empty={{ title: 'They reach nothing.', hint: 'A rule that names them, or everybody, would let them in.' }}
      />
    </Stack>
  )
}

function placeText({ repositoryName, dataSource, path }: Reached): string {
  return dataSource === undefined ? `${repositoryName}:${path}` : `Data source ${dataSource}`
}
