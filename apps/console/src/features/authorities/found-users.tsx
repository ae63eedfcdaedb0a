import { Alert, Stack, Table, Text } from '@mantine/core'
import type { TestConnectionResult } from '@portreeve/client'

/** What became of a test: that nothing was found, too, is a result. */
export function FoundUsers({ result }: { readonly result: TestConnectionResult }) {
  const { success, message, durationMs, totalResults, DTOs: users } = result
  return (
    <Stack gap="sm">
      <Alert color={success ? 'green' : 'red'} title={success ? 'It answers' : 'It does not work'} role="status">
        <Text size="sm" className="long-text">
          {message} It took {durationMs.toLocaleString('en')} ms.
        </Text>
      </Alert>
      {users.length > 0 && (
        <Table.ScrollContainer minWidth={0}>
          <Table captionSide="top">
            <Table.Caption>
              {users.length < totalResults
                ? `The first ${users.length} of ${totalResults.toLocaleString('en')}`
                : 'All'}
            </Table.Caption>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Username</Table.Th>
                <Table.Th visibleFrom="sm">Name</Table.Th>
                <Table.Th visibleFrom="sm">Email address</Table.Th>
                <Table.Th>Entry</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {users.map(({ dn, username = 'none', displayName, email }) => (
                <Table.Tr key={dn}>
                  <Table.Td>{username}</Table.Td>
                  <Table.Td visibleFrom="sm">{displayName}</Table.Td>
                  <Table.Td visibleFrom="sm">{email}</Table.Td>
                  <Table.Td className="long-text">{dn}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  )
}
