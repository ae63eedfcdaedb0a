import { Group, Stack, Table, Text } from '@mantine/core'
import type { DataSource } from '@portreeve/client'
import { useResource } from '../../parts/api.tsx'
import { factsOfTexts } from '../../parts/entries/entry-texts.ts'
import { TestCredential } from '../../parts/entries/test-credential.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { Facts } from '../../parts/page/facts.tsx'
import { Section } from '../../parts/page/section.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { unixTime } from '../../parts/unix-time.ts'
import { placeOf } from './place-of.ts'

/** What is known of a data source, and what one logs in to it with. */
export function DataSourceOverview({ source }: { readonly source: DataSource }) {
  const { databaseType, groupId, stewards, properties, createdAt, modifiedAt } = source
  return (
    <Stack gap="lg">
      <Facts
        facts={[
          ['Type', databaseType],
          ['Where', placeOf(source)],
          ['Group', groupId !== undefined && <GroupLink id={groupId} />],
          ['Stewards', stewards.map(({ name }) => name).join(', ')],
          ...factsOfTexts(source),
          ...Object.entries(properties),
          ['Made', <RelativeTime key="made" at={unixTime(createdAt)} />],
          ['Changed', <RelativeTime key="changed" at={unixTime(modifiedAt)} />],
        ]}
      />
      <Section title="Login credentials">
        <LinkedCredentials source={source} />
      </Section>
      <Text size="sm" c="dimmed">
        Beside its stewards, teams can be let use it: as a resource named datasource:{source.id}, by a rule.
      </Text>
    </Stack>
  )
}

function GroupLink({ id }: { readonly id: number }) {
  const group = useResource(['groups', 'one', id], (client) => client.dataSourceGroups.get(id))
  return <ConsoleLink to={`groups/${id}`}>{group.data?.name ?? String(id)}</ConsoleLink>
}

function LinkedCredentials({ source }: { readonly source: DataSource }) {
  if (source.loginCredentials.length === 0) {
    return <Text size="sm">None yet. Whoever may change it links them under “Change”.</Text>
  }
  return (
    <Table aria-label="login credentials" maw="36rem">
      <Table.Tbody>
        {source.loginCredentials.map((credential) => (
          <Table.Tr key={credential.id}>
            <Table.Td className="long-text">
              <ConsoleLink to={`login-credentials/${credential.id}`}>{credential.name}</ConsoleLink>
            </Table.Td>
            <Table.Td>
              <Group justify="flex-end">
                <TestCredential dataSource={source} credential={credential} />
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
