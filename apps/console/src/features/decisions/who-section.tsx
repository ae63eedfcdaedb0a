import { Alert, Group, Skeleton, Stack, Text } from '@mantine/core'
import type { Reaching, WhoQuestion } from '@portreeve/client'
import { useSearchParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { DownloadButton } from '../../parts/download-button.tsx'
import { readAddressFields } from '../../parts/forms/address-fields.ts'
import { AddressForm } from '../../parts/forms/address-form.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { addressOfCheck, CODES, problemsOfPlace, WHO_DEFAULTS, type WhoFields, whoOf } from './question.ts'
import { PlaceFields, StateField } from './question-fields.tsx'
import { REASON_COLUMNS } from './reason-columns.tsx'

const PREFIX = 'who-'

/** Everybody who may do something at a path or with a data source. */
export function WhoSection() {
  const [parameters] = useSearchParams()
  const fields = readAddressFields(parameters, WHO_DEFAULTS)
  const question = whoOf(fields)
  // The shortest page tells whether there is an answer, and what is said of it as a whole.
  const first = useResource(
    ['decisions', 'who', question, 'first'],
    async (client, signal) => (question ? client.access.pageWho(question, { page: 1, pageSize: 1, signal }) : null),
    { enabled: question !== undefined },
  )
  return (
    <Stack>
      <AddressForm
        label="Question"
        defaults={WHO_DEFAULTS}
        resets={[`${PREFIX}page`]}
        submitLabel="Ask"
        codes={{ ...CODES, 'access_ask.not_yours': 'repository' }}
        check={problemsOfPlace}
        error={first.error}
        onAsk={() => question && void first.refetch()}
      >
        <PlaceFields />
        <StateField />
      </AddressForm>
      {!question && <Text c="dimmed">Say where, and everybody who reaches it is listed here.</Text>}
      {question && first.isPending && <Skeleton height={240} />}
      {question && first.data && !first.error && (
        <WhoAnswer {...{ fields, question }} anonymous={first.data.anonymous} revision={first.data.revision} />
      )}
    </Stack>
  )
}

interface WhoAnswerProps {
  readonly fields: WhoFields
  readonly question: WhoQuestion
  readonly anonymous: boolean
  readonly revision: number
}

function WhoAnswer({ fields, question, anonymous, revision }: WhoAnswerProps) {
  const columns: readonly Column<Reaching>[] = [
    {
      id: 'username',
      header: 'Username',
      cell: ({ userId, username }) => <ConsoleLink to={`users/${userId}`}>{username}</ConsoleLink>,
    },
    ...REASON_COLUMNS,
    {
      id: 'why',
      header: 'Reasons',
      cell: ({ username }) => <ConsoleLink to={addressOfCheck({ ...fields, username }, {})}>Why</ConsoleLink>,
    },
  ]
  return (
    <Stack gap="sm">
      {anonymous && (
        <Alert color="orange" title="Open to everybody">
          Whoever does not sign in reaches it, too.
        </Alert>
      )}
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          By revision {revision}
        </Text>
        <DownloadButton
          label="Download all as CSV"
          fileName="who.csv"
          read={(client) => client.access.whoAsCsv(question)}
        />
      </Group>
      <DataTable<Reaching>
        label="people"
        prefix={PREFIX}
        // The revision: a later answer is another list.
        queryKey={['decisions', 'who', question, revision]}
        load={(client, request) => client.access.pageWho(question, request)}
        columns={columns}
        keyOf={({ userId }) => userId}
        nameOf={({ username }) => username}
        empty={{
          title: 'Nobody reaches it.',
          hint: 'A rule of a team that has the path as a resource lets people in.',
        }}
      />
    </Stack>
  )
}
