import type { Clock } from '../../../kernel/clock.ts'
import type { Id, IdSource } from '../../../kernel/ids.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../../audit/index.ts'
import { assertMayManageClients } from '../clients/client-policy.ts'
import { oauthErrors } from '../oauth-errors.ts'
import type { RecordStore } from '../records/record-store.ts'

interface Stores {
  readonly records: Pick<RecordStore, 'put'>
  readonly audit: AuditStore
}

export interface IssueRegistrationTokenDeps {
  readonly clock: Clock
  readonly ids: IdSource
  readonly secrets: { next(prefix?: string): string; digest(secret: string): Uint8Array }
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface RegistrationToken {
  readonly token: string
  readonly expiresAt: Date
}

const SHORTEST_S = 60
export const LONGEST_S = 30 * 24 * 60 * 60

/**
 * A token with which apps register themselves (RFC 7591, 3: an initial access token) until it expires. What registers is let in
 * nowhere until it is made available to a company, and that company permits it.
 */
export async function issueRegistrationToken(
  deps: IssueRegistrationTokenDeps,
  { caller, requestId, expiresInS }: { readonly caller: Principal; readonly requestId: string; expiresInS: number },
): Promise<RegistrationToken> {
  assertMayManageClients(caller)
  if (!(expiresInS >= SHORTEST_S && expiresInS <= LONGEST_S)) throw oauthErrors.bad_lifetime(LONGEST_S)
  const at = deps.clock.now()
  const iat = Math.floor(at.getTime() / 1000)
  const expiresAt = new Date((iat + expiresInS) * 1000)
  const id = deps.ids.next<Id<'RegistrationToken'>>()
  const token = deps.secrets.next('ptg_')
  await deps.inTransaction(async ({ records, audit }) => {
    await records.put({
      kind: 'InitialAccessToken',
      idHash: deps.secrets.digest(token),
      // As oidc-provider describes one; the id is for who reads the audit log.
      payload: { kind: 'InitialAccessToken', id, iat, exp: iat + expiresInS },
      expiresAt,
      grantId: undefined,
      sessionUid: undefined,
    })
    await audit.record({
      organisation: null,
      at,
      actor: actorOf(caller),
      action: 'registration_token.create',
      object: { type: 'registration_token', id },
      details: { expiresAt: expiresAt.toISOString() },
      requestId,
    })
  })
  return { token, expiresAt }
}
