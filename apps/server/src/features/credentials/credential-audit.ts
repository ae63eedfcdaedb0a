import type { Principal } from '../../kernel/principal.ts'
import { type AuditEntry, actorOf } from '../audit/index.ts'

export interface CredentialAct {
  readonly caller: Principal
  readonly requestId: string
  readonly at: Date
  readonly action: string
  readonly id: number
  /** Never of the secret. */
  readonly details: Readonly<Record<string, unknown>>
}

/** What is written down of an act on login credentials. */
export function credentialEntry({ caller, requestId, at, action, id, details }: CredentialAct): AuditEntry {
  return {
    organisation: caller.organisation,
    at,
    actor: actorOf(caller),
    action: `login_credential.${action}`,
    object: { type: 'login_credential', id: String(id) },
    details,
    requestId,
  }
}
