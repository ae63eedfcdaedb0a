import type { Clock } from '../../../kernel/clock.ts'
import type { IdSource } from '../../../kernel/ids.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../../audit/index.ts'
import { assertMayManageClients } from '../clients/client-policy.ts'
import { oauthErrors } from '../oauth-errors.ts'
import type { RegistrationToken, RegistrationTokenId } from './registration-token.ts'
import type { RegistrationTokenStore } from './registration-token-store.ts'

interface Stores {
  readonly registrationTokens: Pick<RegistrationTokenStore, 'add'>
  readonly audit: AuditStore
}

export interface IssueRegistrationTokenDeps {
  readonly clock: Clock
  readonly ids: IdSource
  readonly secrets: { next(prefix?: string): string; digest(secret: string): Uint8Array }
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface IssueRegistrationTokenInput {
  readonly caller: Principal
  readonly requestId: string
  readonly expiresInS: number
  /** How many apps may register with it; undefined: as many as come before it expires. */
  readonly mostUses: number | undefined
}

const SHORTEST_S = 60
export const LONGEST_S = 30 * 24 * 60 * 60

/**
 * A token with which apps register themselves until it expires or is used up. What registers is let in nowhere until it is made
 * available to a company, and that company permits it.
 */
export async function issueRegistrationToken(
  deps: IssueRegistrationTokenDeps,
  { caller, requestId, expiresInS, mostUses }: IssueRegistrationTokenInput,
): Promise<RegistrationToken & { readonly token: string }> {
  assertMayManageClients(caller)
  if (!(expiresInS >= SHORTEST_S && expiresInS <= LONGEST_S)) throw oauthErrors.bad_lifetime(LONGEST_S)
  const createdAt = deps.clock.now()
  const expiresAt = new Date(createdAt.getTime() + expiresInS * 1000)
  const issued = { id: deps.ids.next<RegistrationTokenId>(), uses: 0, mostUses, createdAt, expiresAt }
  const token = deps.secrets.next('ptg_')
  await deps.inTransaction(async ({ registrationTokens, audit }) => {
    await registrationTokens.add({ ...issued, tokenHash: deps.secrets.digest(token), createdBy: caller.userId })
    await audit.record({
      organisation: null,
      at: createdAt,
      actor: actorOf(caller),
      action: 'registration_token.create',
      object: { type: 'registration_token', id: issued.id },
      details: { expiresAt: expiresAt.toISOString(), ...(mostUses !== undefined && { mostUses }) },
      requestId,
    })
  })
  return { ...issued, token }
}
