import type { Connector } from '@portreeve/client'
import { useSession } from '../../parts/api.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { ChosenConnectors } from './chosen-connectors.tsx'
import { toConnectorFilter, UNUSED_FOR } from './connector-filter.ts'
import { ConnectorState, PendingOrder, STATES } from './connector-state.tsx'
import { useUserFilter } from './use-user-filter.ts'

const COLUMNS: readonly Column<Connector>[] = [
  {
    id: 'device_name',
    header: 'Device',
    cell: ({ connector_id: id, device_name: name }) => <ConsoleLink to={`connectors/${id}`}>{name}</ConsoleLink>,
  },
  { id: 'username', header: 'User', isSortable: true, cell: ({ username }) => username },
  {
    id: 'state',
    header: 'State',
    cell: ({ connector_state: state }) => <ConnectorState state={state} />,
  },
  { id: 'order', header: 'Order', visibleFrom: 'sm', cell: (connector) => <PendingOrder connector={connector} /> },
  {
    id: 'app',
    header: 'App',
    visibleFrom: 'lg',
    cell: ({ client_id: client, app_version: version, platform }) => `${client} ${version}, ${platform}`,
  },
  {
    id: 'last_used_at',
    header: 'Last used',
    isSortable: true,
    visibleFrom: 'md',
    cell: ({ last_used_at: at }) => <RelativeTime at={at} />,
  },
]

/** The devices of the organisation's users. */
export function ConnectorsPage() {
  const mayChange = holdsAny(useSession(), 'allow_modify_users')
  const userFilter = useUserFilter()
  return (
    <Page title="Devices">
      <DataTable<Connector>
        label="devices"
        queryKey={['connectors']}
        load={(client, { filter, ...request }) =>
          client.connectors.page({ ...request, filter: { ...toConnectorFilter(filter, new Date()) } })
        }
        columns={COLUMNS}
        keyOf={({ connector_id: id }) => String(id)}
        nameOf={({ device_name: name, username }) => `${name} of ${username}`}
        sort="last_used_at"
        descending
        filters={[
          userFilter,
          { name: 'connector_state', label: 'State', options: STATES },
          { name: 'unused', label: 'Not used for', options: UNUSED_FOR },
        ]}
        empty={{
          title: 'There are no devices yet.',
          hint: 'One appears here when somebody registers an app with their email address, or signs in with it.',
        }}
        {...(mayChange && { actions: (selection, { request }) => <ChosenConnectors {...{ selection, request }} /> })}
      />
    </Page>
  )
}
