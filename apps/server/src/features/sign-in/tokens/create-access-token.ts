import { refuseApps } from '../../../kernel/access.ts'
import type { Clock } from '../../../kernel/clock.ts'
import type { IdSource, UserId } from '../../../kernel/ids.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../../audit/index.ts'
import type { SecretSource } from '../secret-source.ts'
import { accessTokenErrors } from '../sign-in-errors.ts'
import {
  ACCESS_TOKEN_PREFIX,
  type AccessToken,
  type AccessTokenId,
  MOST_ACCESS_TOKENS,
  parseAccessTokenName,
  parseExpiry,
} from './access-token.ts'
import type { AccessTokenStore } from './access-token-store.ts'

interface Stores {
  readonly accessTokens: Pick<AccessTokenStore, 'add' | 'countOf'>
  readonly audit: AuditStore
}

export interface CreateAccessTokenDeps {
  readonly clock: Clock
  readonly ids: IdSource
  readonly secrets: SecretSource
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface CreateAccessTokenInput {
  readonly caller: Principal
  readonly requestId: string
  readonly name: string
  /** RFC 3339; never, when absent. */
  readonly expiresAt?: string | undefined
}

/** Makes a token with all the caller's rights. Its secret is in the answer and nowhere else. */
export async function createAccessToken(
  deps: CreateAccessTokenDeps,
  { caller, requestId, name, expiresAt }: CreateAccessTokenInput,
): Promise<AccessToken & { readonly token: string }> {
  refuseApps(caller)
  const createdAt = deps.clock.now()
  const made: AccessToken = {
    id: deps.ids.next<AccessTokenId>(),
    userId: caller.userId as UserId,
    name: parseAccessTokenName(name),
    createdAt,
    lastUsedAt: undefined,
    expiresAt: expiresAt === undefined ? undefined : parseExpiry(expiresAt, createdAt),
  }
  assertEndsWith(caller.tokenExpiresAt, made)
  const token = deps.secrets.next(ACCESS_TOKEN_PREFIX)
  await deps.inTransaction(async ({ accessTokens, audit }) => {
    const count = await accessTokens.countOf(made.userId)
    if (count >= MOST_ACCESS_TOKENS) throw accessTokenErrors.too_many(MOST_ACCESS_TOKENS)
    await accessTokens.add(made, deps.secrets.digest(token))
    await audit.record({
      organisation: caller.homeOrganisation,
      at: createdAt,
      actor: actorOf(caller),
      action: 'access_token.create',
      object: { type: 'access_token', id: made.id },
      details: { name: made.name, expiresAt: made.expiresAt?.toISOString() ?? null },
      requestId,
    })
  })
  return { ...made, token }
}

/** Else the end of a token would mean nothing: whoever has got hold of it could make one that has none. */
function assertEndsWith(end: Date | undefined, { expiresAt }: Pick<AccessToken, 'expiresAt'>): void {
  if (end && !(expiresAt && expiresAt <= end)) throw accessTokenErrors.outlives(end)
}
