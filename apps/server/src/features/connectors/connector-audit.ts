import type { Principal } from '../../kernel/principal.ts'
import { type AuditEntry, actorOf } from '../audit/index.ts'
import type { Connector, ConnectorAct } from './connector.ts'

export interface AdminAct {
  readonly caller: Pick<Principal, 'userId' | 'username' | 'via'>
  readonly requestId: string | undefined
  /** The bulk job it is part of. */
  readonly taskId?: string
  readonly act: ConnectorAct
  readonly at: Date
}

/** What an admin did to a connector. Tells whose it was: the connector itself may be gone. */
export function adminEntry({ caller, requestId, taskId, act, at }: AdminAct, connector: Connector): AuditEntry {
  const { id, state, organisation, userId, deviceName } = connector
  return {
    organisation,
    at,
    actor: actorOf(caller),
    action: act === 'delete' ? 'connector.delete' : 'connector.change',
    object: { type: 'connector', id: String(id) },
    details: { user: userId, device: deviceName, before: state, ...(act !== 'delete' && { after: act }) },
    ...(requestId !== undefined && { requestId }),
    ...(taskId !== undefined && { taskId }),
  }
}
