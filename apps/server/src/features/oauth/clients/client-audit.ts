import type { AuditActor, AuditEntry } from '../../audit/index.ts'
import type { ClientApplication, ClientMetadata } from './client-application.ts'

export interface ClientAct {
  readonly actor: AuditActor
  readonly requestId: string
  readonly at: Date
  readonly action: 'client.create' | 'client.change' | 'client.rotate_secret' | 'client.delete'
  readonly details?: Readonly<Record<string, unknown>>
}

/** What was done to a client application. It belongs to nobody's organisation but for those that act for themselves. */
export function clientEntry(
  { actor, requestId, at, action, details }: ClientAct,
  { clientId, actsAs }: Pick<ClientApplication, 'clientId' | 'actsAs'>,
): AuditEntry {
  return {
    organisation: actsAs?.organisation ?? null,
    at,
    actor,
    action,
    object: { type: 'client', id: clientId },
    ...(details && { details }),
    requestId,
  }
}

/** What may be read of a client by whoever reads audit records. */
export function metadataOf({
  name,
  redirectUris,
  grantTypes,
  tokenEndpointAuthMethod,
}: ClientMetadata): ClientMetadata {
  return { name, redirectUris, grantTypes, tokenEndpointAuthMethod }
}
