import type { UserId } from '../../kernel/ids.ts'
import type { Connector, ConnectorState, CreatedBy } from './connector.ts'
import type { ConnectorFilter } from './connector-store.ts'

export interface ConnectorRow {
  readonly id: number
  readonly state: ConnectorState
  readonly user_id: UserId
  readonly username: string
  readonly organisation_id: number
  readonly organisation_enabled: boolean
  readonly client_id: string
  readonly device_name: string
  readonly platform: string
  readonly app_version: string
  readonly created_by: CreatedBy
  readonly created_at: Date
  readonly last_used_at: Date | null
  readonly state_changed_at: Date
  readonly state_changed_by: string | null
  readonly wipe_ordered_at: Date | null
  readonly wipe_confirmed_at: Date | null
}

/** The columns of a `ConnectorRow`, from a connector (or a row like one) of that name and what `OWNERS` joins to it. */
export function connectorColumns(connector: string): string {
  const own = `id state user_id organisation_id client_id device_name platform app_version created_by created_at last_used_at
    state_changed_at state_changed_by wipe_ordered_at wipe_confirmed_at`
  const columns = own.split(/\s+/).map((column) => `${connector}.${column}`)
  return `${columns.join(', ')}, app_user.username, organisation.enabled as organisation_enabled`
}

export function joinOwners(connector: string): string {
  return `join app_user on app_user.id = ${connector}.user_id join organisation on organisation.id = ${connector}.organisation_id`
}

/** Over `$1` (the organisation) to `$6`, as `filterValues` gives them. */
export const FILTERED = `organisation_id = $1::int and ($2::uuid is null or user_id = $2)
  and ($3::text is null or state = $3) and ($4::text is null or client_id = $4)
  and ($5::timestamptz is null or coalesce(last_used_at, created_at) < $5)
  and ($6::timestamptz is null or coalesce(last_used_at, created_at) > $6)`

export function filterValues(organisation: number, filter: ConnectorFilter): readonly unknown[] {
  const { userId, state, clientId, lastUsedBefore, lastUsedAfter } = filter
  return [organisation, userId ?? null, state ?? null, clientId ?? null, lastUsedBefore ?? null, lastUsedAfter ?? null]
}

export function toConnector(row: ConnectorRow): Connector {
  return {
    id: row.id,
    state: row.state,
    userId: row.user_id,
    username: row.username,
    organisation: row.organisation_id,
    organisationEnabled: row.organisation_enabled,
    clientId: row.client_id,
    deviceName: row.device_name,
    platform: row.platform,
    appVersion: row.app_version,
    createdBy: row.created_by,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at ?? undefined,
    stateChangedAt: row.state_changed_at,
    stateChangedBy: row.state_changed_by ?? undefined,
    wipeOrderedAt: row.wipe_ordered_at ?? undefined,
    wipeConfirmedAt: row.wipe_confirmed_at ?? undefined,
  }
}
