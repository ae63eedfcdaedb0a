import { Stack, Text } from '@mantine/core'
import type { CredentialUse, LoginCredential } from '@portreeve/client'
import { useResource } from '../../parts/api.tsx'
import { counted } from '../../parts/counted.ts'
import { factsOfTexts } from '../../parts/entries/entry-texts.ts'
import { TestCredential } from '../../parts/entries/test-credential.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { Facts } from '../../parts/page/facts.tsx'
import { Section } from '../../parts/page/section.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import { unixTime } from '../../parts/unix-time.ts'
import { PasswordState } from './password-state.tsx'

/** What is known of login credentials, where they are used, and a way to try them. */
export function CredentialOverview({ credential }: { readonly credential: LoginCredential }) {
  const { username, trusted, trustedHost, role, createdAt, modifiedAt } = credential
  return (
    <Stack gap="lg">
      <Facts
        facts={[
          ['Username', username],
          ['Password', <PasswordState key="password" credential={credential} />],
          ['Trusted', trusted && (trustedHost === '' ? 'yes' : `yes, by ${trustedHost}`)],
          ['Role', role],
          ...factsOfTexts(credential),
          ['Made', <RelativeTime key="made" at={unixTime(createdAt)} />],
          ['Changed', <RelativeTime key="changed" at={unixTime(modifiedAt)} />],
        ]}
      />
      <Section title="Used by">
        <Usage credential={credential} />
      </Section>
    </Stack>
  )
}

/** For who may change them; others are told so in the place of the list. */
function Usage({ credential }: { readonly credential: LoginCredential }) {
  return (
    <>
      <Checkouts id={credential.id} />
      <DataTable<CredentialUse>
        label="data sources"
        queryKey={['login-credentials', credential.id, 'usage']}
        load={(client, request) => client.loginCredentials.pageUsage(credential.id, request)}
        columns={[
          {
            id: 'name',
            header: 'Data source',
            cell: ({ id, name }) => <ConsoleLink to={`data-sources/${id}`}>{name}</ConsoleLink>,
          },
          { id: 'checkouts', header: 'Handed out', cell: ({ checkouts }) => counted(checkouts, 'time') },
          {
            id: 'last',
            header: 'Last',
            visibleFrom: 'sm',
            cell: ({ lastCheckoutAt: at }) => <RelativeTime at={at === undefined ? undefined : unixTime(at)} />,
          },
          {
            id: 'test',
            header: 'Test',
            cell: (dataSource) => <TestCredential dataSource={dataSource} credential={credential} />,
          },
        ]}
        keyOf={({ id }) => String(id)}
        nameOf={({ name }) => name}
        empty={{ title: 'No data source uses them.', hint: 'Link them on the page of a data source, under “Change”.' }}
      />
    </>
  )
}

function Checkouts({ id }: { readonly id: number }) {
  const first = useResource(['login-credentials', id, 'usage', 'sum'], (client, signal) =>
    client.loginCredentials.pageUsage(id, { page: 1, pageSize: 1, signal }),
  )
  if (!first.data) return null
  const { checkouts, users, lastCheckout } = first.data.usage
  return (
    <Text size="sm" component="div">
      Handed out {counted(checkouts, 'time')} to {counted(users, 'person', 'people')}
      {lastCheckout && (
        <>
          , last <RelativeTime at={unixTime(lastCheckout.at)} /> to {lastCheckout.by.name}
        </>
      )}
      .
    </Text>
  )
}
