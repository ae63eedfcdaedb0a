import { Group, Skeleton, Table } from '@mantine/core'
import type { Connector } from '@portreeve/client'
import type { ReactNode } from 'react'
import { useParams } from 'react-router'
import { useResource, useSession } from '../../parts/api.tsx'
import { CopyableId } from '../../parts/copyable-id.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { ConsoleLink, useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { ConnectorActions } from './connector-actions.tsx'
import { ConnectorState, PendingOrder } from './connector-state.tsx'

const CRUMBS = [{ title: 'Devices', to: 'connectors' }]
const ASK_EVERY_MS = 5000

/** One device; while it is to be wiped, the page waits for it to say that it has. */
export function ConnectorPage() {
  const { connectorId = '' } = useParams()
  const connector = useResource(
    ['connectors', 'one', connectorId],
    (client) => client.connectors.get(Number(connectorId)),
    { everyMs: (last) => last?.connector_state === 'Wipe' && ASK_EVERY_MS },
  )
  if (!connector.data) {
    return (
      <Page title="Device" crumbs={CRUMBS}>
        {connector.error ? (
          <ErrorNotice error={connector.error} onRetry={() => void connector.refetch()} />
        ) : (
          <Skeleton height={200} />
        )}
      </Page>
    )
  }
  return <LoadedConnector connector={connector.data} />
}

function LoadedConnector({ connector }: { readonly connector: Connector }) {
  const go = useGo()
  const mayChange = holdsAny(useSession(), 'allow_modify_users')
  const { connector_id: id, device_name: name, connector_state: state } = connector
  return (
    <Page
      title={name}
      crumbs={CRUMBS}
      actions={mayChange && <ConnectorActions connector={connector} onDeleted={() => go('connectors')} />}
    >
      <Group>
        <ConnectorState state={state} />
        <CopyableId value={String(id)} what={`the id of ${name}`} />
      </Group>
      <Table variant="vertical" layout="fixed" maw="40rem" aria-label={`Facts about ${name}`}>
        <Table.Tbody>
          {factsOf(connector).map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Th w="9rem" scope="row">
                {label}
              </Table.Th>
              <Table.Td className="long-text">{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Page>
  )
}

function factsOf(connector: Connector): readonly (readonly [string, ReactNode])[] {
  const { user_id: userId, username, created_by: way } = connector
  return [
    [
      'User',
      <ConsoleLink key="user" to={`users/${userId}`}>
        {username}
      </ConsoleLink>,
    ],
    ['Order', <PendingOrder key="order" connector={connector} />],
    ['In this state', <RelativeTime key="state" at={connector.state_changed_at} />],
    ['Last used', <RelativeTime key="used" at={connector.last_used_at} />],
    ['App', `${connector.client_id} ${connector.app_version}`],
    ['Platform', connector.platform],
    ['Came by', way === 'login' ? 'signing in with a password' : 'registering an email address'],
    ['Since', <RelativeTime key="since" at={connector.created_at} />],
  ]
}
